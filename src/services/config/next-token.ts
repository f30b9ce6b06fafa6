/**
 * Page tokens: where the next page begins, sealed for the request and the place that gave it out. They outlive a
 * restart, and nobody else can make one.
 * spec: CFG-PAGE-1
 */
import type { OperationContext } from '../operation.ts';
import { configErrors } from './errors.ts';
import { placeOf } from './find-recorder.ts';
import { placeKey, type ConfigPorts } from './ports.ts';

type Context = OperationContext<ConfigPorts>;

export function nextToken(after: string, request: string, context: Context): string {
  const mark = context.ports.pageTokens.mark(signedText(after, request, context));
  return `${Buffer.from(after).toString('base64url')}.${mark}`;
}

/** @throws InvalidNextTokenException it was never given out, or to another request */
export function readNextToken(
  token: string | undefined,
  request: string,
  context: Context,
): string | undefined {
  if (token === undefined || token === '') return undefined;
  const after = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8');
  if (nextToken(after, request, context) !== token) throw configErrors.invalidNextToken();
  return after;
}

/** A `limit` of 0 or none is the default. @throws InvalidLimitException */
export function limitOf(limit: number | undefined, otherwise: number): number {
  if (limit !== undefined && limit > 100) throw configErrors.limitTooLarge({ limit: String(limit) });
  if (limit !== undefined && limit < 0) throw configErrors.limitNegative({ limit: String(limit) });
  return limit === undefined || limit === 0 ? otherwise : limit;
}

function signedText(after: string, request: string, context: Context): string {
  // As a list, so that no request can end like another's beginning.
  return JSON.stringify([request, placeKey(placeOf(context)), after]);
}
