/**
 * The canonical form of a request that Signature Version 4 signs, from the bytes as received.
 * spec: WIRE-SIGN-1, WIRE-SIGN-2, WIRE-SIGN-3, WIRE-SIGN-4
 */
import type { HttpHead } from './http-message.ts';
import { queryPairs } from './query-string.ts';
import { decodePercent, encodePercent } from './uri-encoding.ts';

/** How the path is signed: as it is, encoded once (S3), or normalised and encoded twice (all others). */
export type PathSigning = 'as-received' | 'normalised';

export interface CanonicalOptions {
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  readonly pathSigning: PathSigning;
}

export function canonicalRequest(request: HttpHead, options: CanonicalOptions): string {
  return [
    request.method,
    canonicalPath(request.path, options.pathSigning),
    canonicalQuery(request.query),
    ...options.signedHeaders.map((name) => `${name}:${canonicalValue(request.headers.get(name) ?? '')}`),
    '',
    options.signedHeaders.join(';'),
    options.payloadHash,
  ].join('\n');
}

function canonicalPath(path: string, signing: PathSigning): string {
  if (path === '/') return '/';
  // Decoding and encoding again makes one spelling of `%7e`, `~` and `%7E`; a slash within a segment stays `%2F`.
  const encodedOnce = path
    .split('/')
    .map((segment) => encodePercent(decodePercent(segment)))
    .join('/');
  // spec: WIRE-SIGN-3
  if (signing === 'as-received') return encodedOnce;
  return `/${normalisedSegments(encodedOnce).map(encodePercent).join('/')}`;
}

/** RFC 3986's removal of dot segments, and of doubled slashes; a trailing slash stays. */
function normalisedSegments(path: string): readonly string[] {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return path.endsWith('/') && segments.length > 0 ? [...segments, ''] : segments;
}

/** Sorted by encoded name, then value; without the signature itself. spec: WIRE-SIGN-4 */
function canonicalQuery(query: string): string {
  return queryPairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodePercent(name), encodePercent(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => byteOrder(nameA, nameB) || byteOrder(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Encoded text is ASCII, where this is the order of bytes. */
function byteOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Trimmed, and inner runs of spaces made one. spec: WIRE-SIGN-1 */
function canonicalValue(value: string): string {
  return value.trim().replace(/ +/g, ' ');
}
