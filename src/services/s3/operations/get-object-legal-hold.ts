import type { GetObjectLegalHoldOutput, GetObjectLegalHoldRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { s3Errors } from '../errors.ts';
import { requireObject } from '../find-version.ts';
import { objectPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import { assertReadInput, namedKey, resolveRead, type ReadResources } from '../read-operation.ts';

/** spec: S3-LOCK-4 */
export const getObjectLegalHold = operation<
  GetObjectLegalHoldRequest,
  GetObjectLegalHoldOutput,
  S3Ports,
  ReadResources
>({
  name: 'GetObjectLegalHold',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: (input, { bucket: { value: bucket } }, context) => [
    objectPermission('s3:GetObjectLegalHold', bucket, input.Key ?? '', context),
  ],
  async operate(input, { bucket, found }, context) {
    const { isLegalHold } = (await requireObject(found, bucket, namedKey(input), context)).stored.value;
    if (bucket.value.objectLock === null) throw s3Errors.lockMissing();
    return { LegalHold: { Status: isLegalHold ? 'ON' : 'OFF' } };
  },
});
