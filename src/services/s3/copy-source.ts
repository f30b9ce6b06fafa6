/** The `x-amz-copy-source` of a copy: which object it reads. spec: S3-COPY-1 */
import { assertReadConditions } from './conditions.ts';
import { s3Errors } from './errors.ts';
import { findBucket, type FoundBucket, type S3Context } from './find-bucket.ts';
import { findVersion, requireObject, type FoundObject, type FoundVersion } from './find-version.ts';
import { objectPermission, readPermission, textEntries } from './permission.ts';
import type { Permission } from '../operation.ts';
import type { ReadInput } from './read-operation.ts';

export interface CopySourceInput {
  readonly CopySource?: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

export interface CopySource {
  readonly bucket: FoundBucket;
  readonly key: string;
  readonly versionId: string | undefined;
  readonly found: FoundVersion | null;
}

/** @throws InvalidArgument it is not `[/]bucket/key[?versionId=...]`, URL-encoded */
export function parseCopySource(
  header: string | undefined,
): Required<Pick<ReadInput, 'Bucket' | 'Key' | 'VersionId'>> {
  const [path = '', query] = (header ?? '').split(/\?versionId=/);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path).replace(/^\//, '');
  } catch {
    throw invalid(header);
  }
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) throw invalid(header);
  return { Bucket: decoded.slice(0, slash), Key: decoded.slice(slash + 1), VersionId: query };
}

export async function resolveCopySource(input: CopySourceInput, context: S3Context): Promise<CopySource> {
  const { Bucket, Key = '', VersionId } = parseCopySource(input.CopySource);
  const bucket = await findBucket({ Bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner }, context);
  return {
    bucket,
    key: Key,
    versionId: VersionId,
    found: await findVersion(bucket.value.name, Key, VersionId, context),
  };
}

/** What the caller needs to read the source. spec: S3-AUTH-2 */
export function copySourcePermissions(
  source: CopySource,
  withTags: boolean,
  context: S3Context,
): readonly Permission[] {
  const { bucket, key, versionId, found } = source;
  const suffix = versionId === undefined ? '' : 'Version';
  const more = textEntries([['s3:VersionId', versionId]]);
  const version = found?.stored.value;
  const reading = (action: string) =>
    version?.kind === 'object'
      ? readPermission(action, bucket.value, version, context, more)
      : objectPermission(action, bucket.value, key, context, more);
  const hasTags = version?.kind === 'object' && Object.keys(version.tags).length > 0;
  return [
    reading(`s3:GetObject${suffix}`),
    ...(withTags && hasTags ? [reading(`s3:GetObject${suffix}Tagging`)] : []),
  ];
}

/** @throws NoSuchKey, NoSuchVersion, AccessDenied, InvalidRequest, PreconditionFailed */
export async function requireCopySource(
  input: CopySourceInput,
  { found, bucket, key, versionId }: CopySource,
  context: S3Context,
): Promise<FoundObject> {
  if (versionId !== undefined && found?.stored.value.kind === 'delete-marker')
    throw s3Errors.copySourceMarker();
  const object = await requireObject(found, bucket, { key, versionId }, context);
  const conditions = {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  };
  try {
    assertReadConditions(conditions, object.stored.value);
  } catch {
    // A copy has no use for "not modified": whatever does not hold is a failed precondition.
    throw s3Errors.preconditionFailed({}, { Condition: 'x-amz-copy-source-If-' });
  }
  return object;
}

function invalid(header: string | undefined): Error {
  return s3Errors.copySourceInvalid({}, { ArgumentName: 'x-amz-copy-source', ArgumentValue: header ?? '' });
}
