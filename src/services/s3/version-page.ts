/** One page of the versions of a bucket: by key, and the newest of each first. spec: S3-LIST-5 */
import type { S3Context } from './find-bucket.ts';
import { shownVersionId } from './find-version.ts';
import { commonPrefixOf } from './list-page.ts';
import { bucketPrefix, objectPlace, versionsPrefix } from './object-place.ts';
import { objects, versions, type VersionRecord } from './ports.ts';

export interface VersionPageRequest {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly keyMarker: string | null;
  /** `null`: after all versions of the marked key. */
  readonly versionIdMarker: string | null;
  readonly maxKeys: number;
}

export interface VersionPage {
  readonly entries: readonly { readonly record: VersionRecord; readonly isLatest: boolean }[];
  readonly commonPrefixes: readonly string[];
  readonly next: { readonly key: string; readonly versionId: string | null } | null;
}

export async function versionPage(request: VersionPageRequest, context: S3Context): Promise<VersionPage> {
  const { prefix, delimiter, maxKeys } = request;
  const found: { record: VersionRecord; isLatest: boolean }[] = [];
  const commonPrefixes: string[] = [];
  if (maxKeys === 0) return { entries: found, commonPrefixes, next: null };
  let last: VersionPage['next'] = null;
  let drawn = request.keyMarker === null ? null : commonPrefixOf(request.keyMarker, prefix, delimiter);
  for await (const entry of entries(request, context)) {
    const common = commonPrefixOf(entry.record.key, prefix, delimiter);
    if (common !== null && common === drawn) continue;
    if (found.length + commonPrefixes.length === maxKeys)
      return { entries: found, commonPrefixes, next: last };
    if (common === null) {
      found.push(entry);
      last = { key: entry.record.key, versionId: shownVersionId(entry.record) };
    } else {
      commonPrefixes.push(common);
      drawn = common;
      last = { key: common, versionId: null };
    }
  }
  return { entries: found, commonPrefixes, next: null };
}

async function* entries(
  { bucket, prefix, keyMarker, versionIdMarker }: VersionPageRequest,
  context: S3Context,
): AsyncGenerator<{ readonly record: VersionRecord; readonly isLatest: boolean }, void, undefined> {
  const { records } = context.ports;
  if (keyMarker !== null && versionIdMarker !== null && keyMarker.startsWith(prefix)) {
    let isBehind = false;
    for await (const entry of versionsOf(bucket, keyMarker, context)) {
      if (isBehind) yield entry;
      else isBehind = shownVersionId(entry.record) === versionIdMarker;
    }
  }
  let after = keyMarker === null ? null : objectPlace(bucket, keyMarker);
  for (;;) {
    const batch = await records.list(objects, {
      prefix: objectPlace(bucket, prefix),
      ...(after === null ? {} : { after }),
    });
    for (const { key } of batch) yield* versionsOf(bucket, key.slice(bucketPrefix(bucket).length), context);
    after = batch.at(-1)?.key ?? null;
    if (after === null) return;
  }
}

async function* versionsOf(
  bucket: string,
  key: string,
  { ports: { records } }: S3Context,
): AsyncGenerator<{ readonly record: VersionRecord; readonly isLatest: boolean }, void, undefined> {
  const newest = await records.get(objects, objectPlace(bucket, key));
  if (newest !== null) yield { record: newest.value, isLatest: true };
  const covered = await records.list(versions, { prefix: versionsPrefix(bucket, key), limit: Infinity });
  for (const { value } of covered) yield { record: value, isLatest: false };
}
