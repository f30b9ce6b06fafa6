/** Pages of SNS's lists: a hundred at a time. */
import type { Stored } from '../records.ts';
import { snsErrors } from './errors.ts';

export const pageCount = 100;

/** Reads one more than the page shows, to know whether there are more. */
export async function pageOf<T>(
  list: (options: { readonly after?: string; readonly limit: number }) => Promise<readonly Stored<T>[]>,
  token: string | undefined,
): Promise<{ readonly items: readonly T[]; readonly NextToken?: string }> {
  const after = readToken(token);
  const found = await list({ limit: pageCount + 1, ...(after === undefined ? {} : { after }) });
  const shown = found.slice(0, pageCount);
  const last = shown.at(-1);
  return {
    items: shown.map(({ value }) => value),
    ...(found.length <= pageCount || last === undefined ? {} : { NextToken: tokenOf(last.key) }),
  };
}

function tokenOf(key: string): string {
  return Buffer.from(`n:${key}`).toString('base64url');
}

function readToken(token: string | undefined): string | undefined {
  if (token === undefined || token === '') return undefined;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith('n:') || tokenOf(text.slice(2)) !== token)
    throw snsErrors.invalidParameter({ what: 'NextToken' });
  return text.slice(2);
}
