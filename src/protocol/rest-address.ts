/**
 * Which bucket and key a request names: by path (`/bucket/key`) or by virtual host (`bucket.host/key`).
 * The path is taken as it came: `//` and `..` are parts of keys.
 * spec: WIRE-REST-3
 */
import { decodeUriText } from './uri-encoding.ts';

export interface RestAddress {
  /** `null`: the request names none. */
  readonly bucket: string | null;
  readonly key: string | null;
}

/**
 * @param hostBucket the bucket that the Host header names, or `null`
 * @returns `null`: the path is no UTF-8
 */
export function restAddress(path: string, hostBucket: string | null): RestAddress | null {
  const text = decodeUriText(path.startsWith('/') ? path.slice(1) : path);
  if (text === null) return null;
  if (hostBucket !== null) return { bucket: hostBucket, key: text === '' ? null : text };
  // An encoded slash belongs to a key, so the bucket's name ends at the first one that is written out.
  const slash = path.indexOf('/', 1);
  const bucket = decodeUriText(slash === -1 ? path.slice(1) : path.slice(1, slash)) ?? '';
  const key = slash === -1 ? '' : (decodeUriText(path.slice(slash + 1)) ?? '');
  return { bucket: bucket === '' ? null : bucket, key: bucket === '' || key === '' ? null : key };
}

/** The bucket in a virtual host, or `null` for a host that names only the service. */
export function hostBucketOf(host: string): string | null {
  const name = host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
  if (/^\[|^\d+(\.\d+){3}$/.test(name)) return null;
  const match =
    /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+)?(?:\.dualstack)?(?:\.[a-z0-9-]+)?\.(?:amazonaws\.com(?:\.cn)?|localhost)$/.exec(
      name,
    );
  if (match) return match[1] ?? null;
  return /^(.+)\.localhost$/.exec(name)?.[1] ?? null;
}
