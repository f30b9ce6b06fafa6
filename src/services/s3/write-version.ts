/**
 * Puts a version of an object, or a delete marker, in its place among the others of its key, in one commit.
 * spec: S3-VERSION-1, S3-VERSION-2
 */
import { expectRevision, put, remove, type Change, type Stored } from '../records.ts';
import { assertWriteConditions, type WriteConditions } from './conditions.ts';
import { s3Errors } from './errors.ts';
import type { FoundBucket, S3Context } from './find-bucket.ts';
import { versionIdAlphabet, versionIdLength } from './find-version.ts';
import { objectPlace, versionPlace, versionsPrefix } from './object-place.ts';
import { buckets, objects, versions, type BucketRecord, type VersionRecord } from './ports.ts';
import { dropBlobs } from './store-body.ts';

/** So many writers of one key at once are unheard of; each round lets at least one of them through. */
const attemptsMax = 100;

export interface Placed<T extends VersionRecord> {
  readonly record: T;
  readonly bucket: BucketRecord;
}

/**
 * Stores the newest version of a key. `make` is given the version's ID and time and may be called again; it throws
 * where the bucket as it is now does not permit the write.
 *
 * @param along changes that belong to the same commit
 * @throws NoSuchBucket, PreconditionFailed, NoSuchKey, OperationAborted; then nothing was changed
 */
export async function writeVersion<T extends VersionRecord>(
  found: FoundBucket,
  key: string,
  make: (
    place: { readonly versionId: string | null; readonly lastModifiedMillis: number },
    bucket: BucketRecord,
  ) => T,
  context: S3Context,
  options: {
    readonly body?: Uint8Array | null;
    readonly conditions?: WriteConditions;
    readonly along?: () => Promise<readonly Change[]>;
  } = {},
): Promise<Placed<T>> {
  const { records } = context.ports;
  const place = objectPlace(found.value.name, key);
  let bucket: FoundBucket | null = found;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    if (
      bucket === null ||
      bucket.value.isBeingDeleted ||
      bucket.value.createdAtMillis !== found.value.createdAtMillis
    )
      throw s3Errors.noSuchBucket({}, { BucketName: found.key });
    const newest = await records.get(objects, place);
    assertWriteConditions(options.conditions ?? {}, key, newest?.value ?? null);
    const record = make(
      {
        versionId:
          bucket.value.versioning === 'Enabled' ? context.newToken(versionIdLength, versionIdAlphabet) : null,
        // A clock that was set back must not put the new version behind the old one.
        lastModifiedMillis: Math.max(context.nowMillis(), newest?.value.lastModifiedMillis ?? 0),
      },
      bucket.value,
    );
    const covering = await coverChanges(record, newest, bucket.value, context);
    const body = options.body ?? null;
    const outcome = await records.commit([
      expectRevision(buckets, bucket.key, bucket.revision),
      put(objects, place, record, {
        ifRevision: newest?.revision ?? 0,
        ...(body === null ? {} : { body }),
      }),
      ...covering.changes,
      ...((await options.along?.()) ?? []),
    ]);
    if (outcome === 'committed') {
      await dropBlobs(covering.droppedBlobs, context);
      return { record, bucket: bucket.value };
    }
    bucket = await records.get(buckets, found.key);
  }
  throw s3Errors.operationAborted();
}

interface Covering {
  readonly changes: readonly Change[];
  readonly droppedBlobs: readonly string[];
}

/** What happens to the version that was the newest, and to the one without ID that a write without ID replaces. */
async function coverChanges(
  record: VersionRecord,
  newest: Stored<VersionRecord> | null,
  bucket: BucketRecord,
  context: S3Context,
): Promise<Covering> {
  if (newest === null) return { changes: [], droppedBlobs: [] };
  if (record.versionId === null && newest.value.versionId === null)
    return { changes: [], droppedBlobs: blobsOf(newest.value) };
  const cover = coverChange(newest);
  if (record.versionId !== null || bucket.versioning === null) return { changes: [cover], droppedBlobs: [] };
  const older = await context.ports.records.list(versions, {
    prefix: versionsPrefix(record.bucket, record.key),
    limit: Infinity,
  });
  const replaced = older.filter(({ value }) => value.versionId === null);
  return {
    changes: [cover, ...replaced.map((old) => remove(versions, old.key, { ifRevision: old.revision }))],
    droppedBlobs: replaced.flatMap(({ value }) => blobsOf(value)),
  };
}

function coverChange(newest: Stored<VersionRecord>): Change {
  const { value, revision, body } = newest;
  const place = versionPlace(value.bucket, value.key, {
    lastModifiedMillis: value.lastModifiedMillis,
    order: revision,
  });
  return put(versions, place, value, body === null ? {} : { body });
}

export function blobsOf(record: VersionRecord): readonly string[] {
  if (record.kind === 'delete-marker') return [];
  return record.segments.flatMap(({ blob }) => (blob === null ? [] : [blob]));
}
