import type { HeadObjectOutput, HeadObjectRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { rangeOf } from '../byte-range.ts';
import { assertReadConditions } from '../conditions.ts';
import { openDataKey } from '../encryption.ts';
import { requireObject } from '../find-version.ts';
import { objectAnswer } from '../object-answer.ts';
import type { S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';

/** What is known of an object needs no key, unless its checksum is asked for. spec: S3-KMS-1 */
export const headObject = operation<HeadObjectRequest, HeadObjectOutput, S3Ports, ReadResources>({
  name: 'HeadObject',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: readPermissions({ newest: 's3:GetObject', version: 's3:GetObjectVersion' }),
  async operate(input, { bucket, found }, context) {
    const { stored } = await requireObject(found, bucket, namedKey(input), context);
    const version = stored.value;
    assertReadConditions(input, version);
    if (input.ChecksumMode === 'ENABLED' && version.checksum !== null)
      await openDataKey(version.encryption, bucket.value, version.key, context);
    return objectAnswer(input, bucket, version, rangeOf(input, version));
  },
  statusOf: ({ ContentRange }) => (ContentRange === undefined ? 200 : 206),
});
