/** Takes an object away: by a delete marker where there are versions, else for good. spec: S3-VERSION-3 */
import { expectRevision, put, remove, type Change } from '../records.ts';
import { s3Errors } from './errors.ts';
import type { FoundBucket, S3Context } from './find-bucket.ts';
import { findVersion, shownVersionId } from './find-version.ts';
import { objectPlace, versionsPrefix } from './object-place.ts';
import { buckets, objects, versions, type DeleteMarker, type VersionRecord } from './ports.ts';
import { dropBlobs } from './store-body.ts';
import { blobsOf, writeVersion } from './write-version.ts';
import { matchesEtag } from './conditions.ts';

const attemptsMax = 100;

export interface Deleted {
  /** The version that was deleted, or the marker that was made; `null`: the bucket never had versions. */
  readonly versionId: string | null;
  /** Whether that is a delete marker. */
  readonly isMarker: boolean;
}

export interface DeleteOptions {
  readonly versionId?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly bypassesGovernance: boolean;
}

/** @throws PreconditionFailed, AccessDenied the version is locked; OperationAborted. A key that is not there is deleted already. */
export async function deleteVersion(
  bucket: FoundBucket,
  key: string,
  options: DeleteOptions,
  context: S3Context,
): Promise<Deleted> {
  if (options.ifMatch !== undefined) await assertMatch(bucket, key, options.ifMatch, context);
  if (options.versionId !== undefined) return deleteNamed(bucket, key, options.versionId, options, context);
  if (bucket.value.versioning === null) return deleteForGood(bucket, key, context);
  const { record } = await writeVersion<DeleteMarker>(
    bucket,
    key,
    (place, { name, account }) => ({
      kind: 'delete-marker',
      bucket: name,
      key,
      ...place,
      writer: context.caller.account,
      owner: account,
    }),
    context,
  );
  return { versionId: shownVersionId(record), isMarker: true };
}

async function deleteForGood(
  { value: bucket }: FoundBucket,
  key: string,
  context: S3Context,
): Promise<Deleted> {
  const place = objectPlace(bucket.name, key);
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const newest = await context.ports.records.get(objects, place);
    if (newest === null) return { versionId: null, isMarker: false };
    const outcome = await context.ports.records.commit([
      remove(objects, place, { ifRevision: newest.revision }),
    ]);
    if (outcome === 'committed') {
      await dropBlobs(blobsOf(newest.value), context);
      return { versionId: null, isMarker: false };
    }
  }
  throw s3Errors.operationAborted();
}

async function deleteNamed(
  bucket: FoundBucket,
  key: string,
  versionId: string,
  { bypassesGovernance }: DeleteOptions,
  context: S3Context,
): Promise<Deleted> {
  const { records } = context.ports;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const found = await findVersion(bucket.value.name, key, versionId, context);
    if (found === null) return { versionId, isMarker: false };
    const { stored, isNewest } = found;
    assertNotLocked(stored.value, bypassesGovernance, context);
    const changes = isNewest
      ? await uncoverChanges(bucket, key, stored.revision, context)
      : [remove(versions, stored.key, { ifRevision: stored.revision })];
    if ((await records.commit(changes)) === 'committed') {
      await dropBlobs(blobsOf(stored.value), context);
      return { versionId, isMarker: stored.value.kind === 'delete-marker' };
    }
    const again = await records.get(buckets, bucket.key);
    if (again === null) throw s3Errors.noSuchBucket({}, { BucketName: bucket.key });
  }
  throw s3Errors.operationAborted();
}

/** The version below the newest takes its place. */
async function uncoverChanges(
  bucket: FoundBucket,
  key: string,
  revision: number,
  context: S3Context,
): Promise<readonly Change[]> {
  const { records } = context.ports;
  const place = objectPlace(bucket.value.name, key);
  const [next] = await records.list(versions, { prefix: versionsPrefix(bucket.value.name, key), limit: 1 });
  const uncovered = next === undefined ? null : await records.get(versions, next.key);
  if (uncovered === null) return [remove(objects, place, { ifRevision: revision })];
  return [
    put(objects, place, uncovered.value, {
      ifRevision: revision,
      ...(uncovered.body === null ? {} : { body: uncovered.body }),
    }),
    remove(versions, uncovered.key, { ifRevision: uncovered.revision }),
    expectRevision(buckets, bucket.key, (await records.get(buckets, bucket.key))?.revision ?? 0),
  ];
}

// spec: S3-LOCK-2
function assertNotLocked(version: VersionRecord, bypassesGovernance: boolean, context: S3Context): void {
  if (version.kind === 'delete-marker') return;
  if (version.isLegalHold) throw s3Errors.objectLocked();
  const { retention } = version;
  if (retention === null || retention.untilMillis <= context.nowMillis()) return;
  if (retention.mode === 'GOVERNANCE' && bypassesGovernance) return;
  throw s3Errors.objectLocked();
}

async function assertMatch(
  bucket: FoundBucket,
  key: string,
  etag: string,
  context: S3Context,
): Promise<void> {
  const found = await findVersion(bucket.value.name, key, undefined, context);
  const newest = found?.stored.value;
  if (newest?.kind !== 'object') throw s3Errors.noSuchKey({}, { Key: key });
  if (!matchesEtag(etag, newest.etag)) throw s3Errors.preconditionFailed({}, { Condition: 'If-Match' });
}
