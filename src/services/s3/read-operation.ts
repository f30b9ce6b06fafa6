/** What GetObject, HeadObject and their kin have in common: which object, and who may read it. */
import type { Permission } from '../operation.ts';
import { findBucket, type BucketInput, type FoundBucket, type S3Context } from './find-bucket.ts';
import { assertObjectKey, assertVersionId, findVersion, type FoundVersion } from './find-version.ts';
import { objectPermission, readPermission, textEntries } from './permission.ts';

export interface ReadInput extends BucketInput {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

export interface ReadResources {
  readonly bucket: FoundBucket;
  /** `null`: it is not there; what the caller is told of that, the policies say. */
  readonly found: FoundVersion | null;
}

export function assertReadInput(input: ReadInput): void {
  assertObjectKey(input.Key ?? '');
  assertVersionId(input.VersionId);
}

export async function resolveRead(input: ReadInput, context: S3Context): Promise<ReadResources> {
  const bucket = await findBucket(input, context);
  return { bucket, found: await findVersion(bucket.value.name, input.Key ?? '', input.VersionId, context) };
}

/**
 * The permission to read: `s3:GetObject`, and `s3:GetObjectVersion` where a version is named; likewise for other
 * verbs. spec: S3-AUTH-2
 */
export function readPermissions(names: {
  readonly newest: string;
  readonly version: string;
}): (input: ReadInput, resources: ReadResources, context: S3Context) => readonly Permission[] {
  return (input, { bucket: { value: bucket }, found }, context) => {
    const action = input.VersionId === undefined ? names.newest : names.version;
    const more = textEntries([['s3:VersionId', input.VersionId]]);
    const version = found?.stored.value;
    return [
      version?.kind === 'object'
        ? readPermission(action, bucket, version, context, more)
        : objectPermission(action, bucket, input.Key ?? '', context, more),
    ];
  };
}

export function namedKey(input: ReadInput): { readonly key: string; readonly versionId: string | undefined } {
  return { key: input.Key ?? '', versionId: input.VersionId };
}
