import type { PutObjectLegalHoldOutput, PutObjectLegalHoldRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { changeVersion } from '../change-version.ts';
import { s3Errors } from '../errors.ts';
import { objectPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import { assertReadInput, namedKey, resolveRead, type ReadResources } from '../read-operation.ts';

/** spec: S3-LOCK-4 */
export const putObjectLegalHold = operation<
  PutObjectLegalHoldRequest,
  PutObjectLegalHoldOutput,
  S3Ports,
  ReadResources
>({
  name: 'PutObjectLegalHold',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: (input, { bucket: { value: bucket } }, context) => [
    objectPermission('s3:PutObjectLegalHold', bucket, input.Key ?? '', context),
  ],
  async operate(input, { bucket, found }, context) {
    if (bucket.value.objectLock === null) throw s3Errors.lockMissing();
    const status: string | undefined = input.LegalHold?.Status;
    if (status !== 'ON' && status !== 'OFF') throw s3Errors.malformedXml();
    const isLegalHold = status === 'ON';
    await changeVersion(found, bucket, namedKey(input), context, (version) => ({ ...version, isLegalHold }));
    return {};
  },
});
