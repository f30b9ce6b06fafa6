/**
 * One page of a listing: keys in the order of their UTF-8 bytes, those that share a stretch up to the delimiter
 * drawn together.
 * spec: S3-LIST-1, S3-LIST-2
 */
import { s3Errors } from './errors.ts';
import type { S3Context } from './find-bucket.ts';
import { bucketPrefix, objectPlace } from './object-place.ts';
import { objects, type ObjectVersion } from './ports.ts';

export const pageMaxKeys = 1000;

export interface PageRequest {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  /** Keys and common prefixes after this one; `null`: from the beginning. */
  readonly after: string | null;
  readonly maxKeys: number;
}

export interface Page {
  readonly versions: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  /** After what the next page goes on; `null`: there is none. */
  readonly next: string | null;
}

export async function listPage(request: PageRequest, context: S3Context): Promise<Page> {
  const found: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  if (request.maxKeys === 0) return { versions: found, commonPrefixes, next: null };
  let last: string | null = null;
  for await (const entry of entries(request, context)) {
    if (found.length + commonPrefixes.length === request.maxKeys)
      return { versions: found, commonPrefixes, next: last };
    if (typeof entry === 'string') commonPrefixes.push(entry);
    else found.push(entry);
    last = typeof entry === 'string' ? entry : entry.key;
  }
  return { versions: found, commonPrefixes, next: null };
}

/** @throws InvalidArgument */
export function maxKeysOf(given: number | undefined): number {
  if (given !== undefined && (given < 0 || !Number.isInteger(given)))
    throw s3Errors.maxKeysNegative({}, { ArgumentName: 'maxKeys', ArgumentValue: String(given) });
  return Math.min(given ?? pageMaxKeys, pageMaxKeys);
}

/** @throws InvalidArgument */
export function assertEncodingType(type: string | undefined): void {
  if (type !== undefined && type !== 'url')
    throw s3Errors.invalidEncodingType({}, { ArgumentName: 'encoding-type', ArgumentValue: type });
}

/** As `encoding-type=url` has it: `/` stands, a space is a plus sign. spec: S3-LIST-3 */
export function encodedKey(key: string, type: string | undefined): string {
  if (type !== 'url') return key;
  return encodeURIComponent(key)
    .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+');
}

/** The part of the key up to and with the first delimiter behind the prefix; `null`: there is none. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | null {
  if (delimiter === '') return null;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? null : key.slice(0, at + delimiter.length);
}

async function* entries(
  { bucket, prefix, delimiter, after, maxKeys }: PageRequest,
  { ports: { records } }: S3Context,
): AsyncGenerator<ObjectVersion | string, void, undefined> {
  const range = objectPlace(bucket, prefix);
  const cut = bucketPrefix(bucket).length;
  let skipped: string | null = null;
  let from: string | null = null;
  if (after !== null) {
    skipped = commonPrefixOf(after, prefix, delimiter);
    // A page that ended with a common prefix goes on behind all keys under it.
    from = objectPlace(bucket, skipped === after ? behind(after) : after);
    if (skipped !== after) skipped = null;
  }
  for (;;) {
    const batch = await records.list(objects, {
      prefix: range,
      limit: Math.min(maxKeys + 1, pageMaxKeys),
      ...(from === null ? {} : { after: from }),
    });
    if (batch.length === 0) return;
    let isSkipping = false;
    for (const { key: place, value } of batch) {
      from = place;
      if (value.kind === 'delete-marker') continue;
      const key = place.slice(cut);
      const common = commonPrefixOf(key, prefix, delimiter);
      if (common === null) yield value;
      else if (common !== skipped) {
        yield common;
        skipped = common;
        from = objectPlace(bucket, behind(common));
        isSkipping = true;
        break;
      }
    }
    if (!isSkipping && batch.length < Math.min(maxKeys + 1, pageMaxKeys)) return;
  }
}

/** A key behind nearly all that begin with this one; the few that come still later are told by their common prefix. */
function behind(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
