import type { DeletedObject, DeleteObjectsOutput, DeleteObjectsRequest, _Error } from '@aws-sdk/client-s3';
import { AwsError } from '../../aws-error.ts';
import { operation } from '../../operation.ts';
import { deleteVersion } from '../delete-version.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, type FoundBucket, type S3Context } from '../find-bucket.ts';
import { assertObjectKey, assertVersionId } from '../find-version.ts';
import { objectPermission, textEntries } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

const keysMax = 1000;

/** Each key is allowed or refused by itself, and the answer tells which. spec: S3-OBJECT-6 */
export const deleteObjects = operation<DeleteObjectsRequest, DeleteObjectsOutput, S3Ports, FoundBucket>({
  name: 'DeleteObjects',
  validate({ Delete: list }) {
    const keys = list?.Objects ?? [];
    if (keys.length === 0 || keys.length > keysMax) throw s3Errors.malformedXml();
  },
  resolve: findBucket,
  authorization: { none: 'every key is authorised by itself while it is deleted' },
  async operate(input, bucket, context) {
    const deleted: DeletedObject[] = [];
    const errors: _Error[] = [];
    for (const { Key, VersionId, ETag } of input.Delete?.Objects ?? []) {
      const named = { Key, ...(VersionId === undefined ? {} : { VersionId }) };
      try {
        const options = {
          versionId: VersionId,
          ifMatch: ETag,
          bypasses: input.BypassGovernanceRetention === true,
        };
        deleted.push({ ...named, ...(await deleteOne(bucket, Key ?? '', options, context)) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        errors.push({ ...named, Code: error.code, Message: error.message });
      }
    }
    return {
      ...(input.Delete?.Quiet === true ? {} : { Deleted: deleted }),
      ...(errors.length === 0 ? {} : { Errors: errors }),
    };
  },
});

async function deleteOne(
  bucket: FoundBucket,
  key: string,
  options: {
    readonly versionId: string | undefined;
    readonly ifMatch: string | undefined;
    readonly bypasses: boolean;
  },
  context: S3Context,
): Promise<Pick<DeletedObject, 'DeleteMarker' | 'DeleteMarkerVersionId'>> {
  assertObjectKey(key);
  assertVersionId(options.versionId);
  const actions = [
    options.versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
    ...(options.bypasses ? ['s3:BypassGovernanceRetention'] : []),
  ];
  const entries = textEntries([['s3:VersionId', options.versionId]]);
  for (const action of actions) {
    const decision = await context.decide(objectPermission(action, bucket.value, key, context, entries));
    if (decision.outcome !== 'allowed') throw s3Errors.accessDenied();
  }
  const result = await deleteVersion(
    bucket,
    key,
    { ...options, bypassesGovernance: options.bypasses },
    context,
  );
  if (!result.isMarker || result.versionId === null) return {};
  return { DeleteMarker: true, DeleteMarkerVersionId: result.versionId };
}
