import type { GetObjectRetentionOutput, GetObjectRetentionRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { s3Errors } from '../errors.ts';
import { requireObject } from '../find-version.ts';
import { objectPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import { assertReadInput, namedKey, resolveRead, type ReadResources } from '../read-operation.ts';

/** spec: S3-LOCK-4 */
export const getObjectRetention = operation<
  GetObjectRetentionRequest,
  GetObjectRetentionOutput,
  S3Ports,
  ReadResources
>({
  name: 'GetObjectRetention',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: (input, { bucket: { value: bucket } }, context) => [
    objectPermission('s3:GetObjectRetention', bucket, input.Key ?? '', context),
  ],
  async operate(input, { bucket, found }, context) {
    const { retention } = (await requireObject(found, bucket, namedKey(input), context)).stored.value;
    if (bucket.value.objectLock === null) throw s3Errors.lockMissing();
    if (retention === null) throw s3Errors.retentionNotFound({}, { Key: input.Key ?? '' });
    return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.untilMillis) } };
  },
});
