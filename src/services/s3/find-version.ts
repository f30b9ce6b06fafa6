/** The object, or the version of it, that a request names. */
import type { Stored } from '../records.ts';
import { s3Errors } from './errors.ts';
import { type FoundBucket, type S3Context } from './find-bucket.ts';
import { objectKeyMaxBytes, objectPlace, versionsPrefix } from './object-place.ts';
import { bucketPermission } from './permission.ts';
import { objects, versions, type DeleteMarker, type ObjectVersion, type VersionRecord } from './ports.ts';
import { callerName } from '../../policy/caller-name.ts';

export interface FoundVersion {
  readonly stored: Stored<VersionRecord>;
  /** Whether it is the newest of its key, which is kept apart from those that it covers. */
  readonly isNewest: boolean;
}

export type FoundObject = FoundVersion & { readonly stored: Stored<ObjectVersion> };

/** How a version without an ID is called. */
export const nullVersionId = 'null';

export const versionIdAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';
export const versionIdLength = 32;

/** @throws KeyTooLongError, InvalidURI no object can have this key */
export function assertObjectKey(key: string): void {
  const sizeBytes = Buffer.byteLength(key);
  // spec: S3-KEY-1
  if (sizeBytes > objectKeyMaxBytes)
    throw s3Errors.keyTooLong({}, { Size: String(sizeBytes), MaxSizeAllowed: String(objectKeyMaxBytes) });
  if (key === '' || key.includes('\0') || !key.isWellFormed()) throw s3Errors.invalidUri({}, { URI: key });
}

/** @throws InvalidArgument it has not the form of a version ID */
export function assertVersionId(versionId: string | undefined): void {
  if (versionId === undefined || versionId === nullVersionId) return;
  if (versionId.length !== versionIdLength || !/^[A-Za-z0-9._]+$/.test(versionId))
    throw s3Errors.invalidVersionId({}, { ArgumentName: 'versionId', ArgumentValue: versionId });
}

/** The newest version of this key, a delete marker included; with a version ID that very version. `null`: there is none. */
export async function findVersion(
  bucket: string,
  key: string,
  versionId: string | undefined,
  { ports: { records } }: S3Context,
): Promise<FoundVersion | null> {
  const newest = await records.get(objects, objectPlace(bucket, key));
  if (versionId === undefined || (newest !== null && isVersion(newest.value, versionId)))
    return newest === null ? null : { stored: newest, isNewest: true };
  const covered = await records.list(versions, { prefix: versionsPrefix(bucket, key), limit: Infinity });
  const named = covered.find(({ value }) => isVersion(value, versionId));
  const stored = named === undefined ? null : await records.get(versions, named.key);
  return stored === null ? null : { stored, isNewest: false };
}

/**
 * The object to read, from what `findVersion` found.
 *
 * @throws NoSuchKey, NoSuchVersion it is not there, and the caller may know; AccessDenied it may not; MethodNotAllowed it is a delete marker, named by its ID
 */
export async function requireObject(
  found: FoundVersion | null,
  bucket: FoundBucket,
  { key, versionId }: { readonly key: string; readonly versionId: string | undefined },
  context: S3Context,
): Promise<FoundObject> {
  if (found !== null && isObject(found)) return found;
  if (found === null) await assertMayKnow(bucket, context);
  if (found === null && versionId !== undefined)
    throw s3Errors.noSuchVersion({}, { Key: key, VersionId: versionId });
  if (found !== null && versionId !== undefined)
    throw s3Errors.methodNotAllowed(
      {},
      { Method: 'GET', ResourceType: 'DeleteMarker' },
      { 'x-amz-delete-marker': 'true', Allow: 'DELETE' },
    );
  throw s3Errors.noSuchKey({}, { Key: key }, found === null ? {} : markerHeaders(found.stored.value));
}

export function shownVersionId({ versionId }: VersionRecord): string {
  return versionId ?? nullVersionId;
}

/** The member of answers that names the version; buckets that never had versions answer with none. */
export function versionMember(bucket: FoundBucket, record: VersionRecord): { VersionId?: string } {
  return bucket.value.versioning === null ? {} : { VersionId: shownVersionId(record) };
}

/**
 * Whether something is missing is told only to those who may list the bucket.
 * spec: S3-AUTH-3
 */
async function assertMayKnow({ value: bucket }: FoundBucket, context: S3Context): Promise<void> {
  const permission = bucketPermission('s3:ListBucket', bucket, context);
  const decision = await context.decide(permission);
  if (decision.outcome === 'allowed') return;
  const { caller } = context;
  if (
    caller.account !== bucket.account ||
    caller.principal.kind === 'anonymous' ||
    decision.reason !== 'no-identity-allow'
  )
    throw s3Errors.accessDenied();
  throw s3Errors.denied({
    user: callerName(caller.principal),
    action: permission.action,
    resource: permission.resource,
    because: `because no identity-based policy allows the ${permission.action} action`,
  });
}

function isObject(found: FoundVersion): found is FoundObject {
  return found.stored.value.kind === 'object';
}

function markerHeaders(marker: VersionRecord): Record<string, string> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': shownVersionId(marker) };
}

function isVersion(record: ObjectVersion | DeleteMarker, versionId: string): boolean {
  return shownVersionId(record) === versionId;
}
