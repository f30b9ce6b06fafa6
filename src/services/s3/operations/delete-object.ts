import type { DeleteObjectOutput, DeleteObjectRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { deleteVersion, type Deleted } from '../delete-version.ts';
import { findBucket, type FoundBucket } from '../find-bucket.ts';
import { assertObjectKey, assertVersionId } from '../find-version.ts';
import { objectPermission, textEntries } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** A key that is not there is deleted, too: 204. spec: S3-OBJECT-5 */
export const deleteObject = operation<DeleteObjectRequest, DeleteObjectOutput, S3Ports, FoundBucket>({
  name: 'DeleteObject',
  validate(input) {
    assertObjectKey(input.Key ?? '');
    assertVersionId(input.VersionId);
  },
  resolve: findBucket,
  authorization(input, { value: bucket }, context) {
    const action = input.VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
    const entries = textEntries([
      ['s3:VersionId', input.VersionId],
      ['s3:if-match', input.IfMatch],
    ]);
    const key = input.Key ?? '';
    return [
      objectPermission(action, bucket, key, context, entries),
      ...(input.BypassGovernanceRetention === true
        ? [objectPermission('s3:BypassGovernanceRetention', bucket, key, context, entries)]
        : []),
    ];
  },
  async operate(input, bucket, context) {
    const options = {
      versionId: input.VersionId,
      ifMatch: input.IfMatch,
      bypassesGovernance: input.BypassGovernanceRetention === true,
    };
    return deletedMembers(await deleteVersion(bucket, input.Key ?? '', options, context));
  },
});

function deletedMembers({ versionId, isMarker }: Deleted): DeleteObjectOutput {
  return {
    ...(versionId === null ? {} : { VersionId: versionId }),
    ...(isMarker ? { DeleteMarker: true } : {}),
  };
}
