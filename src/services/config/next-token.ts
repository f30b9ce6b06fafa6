/** Page tokens: where the next page begins, in a form that nobody needs to read. */
import { configErrors } from './errors.ts';

export function nextToken(after: string): string {
  return Buffer.from(`n:${after}`).toString('base64url');
}

/** @throws InvalidNextTokenException it was never given out */
export function readNextToken(token: string | undefined): string | undefined {
  if (token === undefined || token === '') return undefined;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith('n:') || nextToken(text.slice(2)) !== token) throw configErrors.invalidNextToken();
  return text.slice(2);
}

/** A `limit` of 0 or none is the default. @throws InvalidLimitException */
export function limitOf(limit: number | undefined, otherwise: number): number {
  if (limit !== undefined && limit > 100) throw configErrors.limitTooLarge({ limit: String(limit) });
  if (limit === undefined || limit <= 0) return otherwise;
  return limit;
}
