/** Pages of lists that are at hand whole. */
import { organizationsErrors } from './errors.ts';

const pageMaxCount = 20;

export interface PageInput {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** A page of `items`, which stand in the order of their IDs. @throws InvalidInputException */
export function pageOf<Item>(
  items: readonly Item[],
  { NextToken, MaxResults = pageMaxCount }: PageInput,
  idOf: (item: Item) => string,
): { readonly items: Item[]; readonly NextToken?: string } {
  const after = readToken(NextToken);
  const rest = after === null ? items : items.filter((item) => idOf(item) > after);
  const shown = rest.slice(0, Math.min(MaxResults, pageMaxCount));
  const last = shown.at(-1);
  return rest.length > shown.length && last !== undefined
    ? { items: shown, NextToken: tokenOf(idOf(last)) }
    : { items: shown };
}

/** In the order of their IDs, which are ASCII. */
export function byId<Item>(items: readonly Item[], idOf: (item: Item) => string): readonly Item[] {
  return [...items].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

function tokenOf(id: string): string {
  return Buffer.from(`n:${id}`).toString('base64url');
}

function readToken(token: string | undefined): string | null {
  if (token === undefined) return null;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith('n:') || tokenOf(text.slice(2)) !== token)
    throw organizationsErrors.invalidInput({ message: 'You specified an invalid value: NextToken.' });
  return text.slice(2);
}
