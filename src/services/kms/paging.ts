/**
 * Pages of KMS's lists: `Limit`, `Marker`, `Truncated`, `NextMarker`.
 * spec: KMS-LIST-1
 */
import { kmsErrors } from './errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly Truncated: boolean;
  readonly NextMarker: string | undefined;
}

/** The key after which a page begins, or `undefined` for the first. @throws InvalidMarkerException */
export function readMarker(marker: string | undefined): string | undefined {
  if (marker === undefined) return undefined;
  const key = Buffer.from(marker, 'base64url').toString('utf8');
  if (Buffer.from(key).toString('base64url') !== marker || !key.startsWith('k:'))
    throw kmsErrors.invalidMarker();
  return key.slice(2);
}

/** A page of the first `limit` of `items`, of which one more than `limit` was asked for if there are so many. */
export function page<T>(items: readonly T[], limit: number, keyOf: (item: T) => string): Page<T> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const isTruncated = items.length > limit && last !== undefined;
  return {
    items: shown,
    Truncated: isTruncated,
    NextMarker: isTruncated ? Buffer.from(`k:${keyOf(last)}`).toString('base64url') : undefined,
  };
}
