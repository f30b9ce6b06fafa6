import type { GetObjectOutput, GetObjectRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { rangeOf } from '../byte-range.ts';
import { assertReadConditions } from '../conditions.ts';
import { openDataKey } from '../encryption.ts';
import { s3Errors } from '../errors.ts';
import { requireObject } from '../find-version.ts';
import { objectAnswer } from '../object-answer.ts';
import { openBody } from '../open-body.ts';
import type { S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';

export type GetObjectAnswer = Omit<GetObjectOutput, 'Body'> & { readonly Body: AsyncIterable<Uint8Array> };

/** spec: S3-OBJECT-2, S3-RANGE-1, S3-COND-1 */
export const getObject = operation<GetObjectRequest, GetObjectAnswer, S3Ports, ReadResources>({
  name: 'GetObject',
  validate(input) {
    assertReadInput(input);
    if (input.Range !== undefined && input.PartNumber !== undefined) throw s3Errors.rangeAndPart();
  },
  resolve: resolveRead,
  authorization: readPermissions({ newest: 's3:GetObject', version: 's3:GetObjectVersion' }),
  async operate(input, { bucket, found }, context) {
    const { stored } = await requireObject(found, bucket, namedKey(input), context);
    const version = stored.value;
    assertReadConditions(input, version);
    const range = rangeOf(input, version);
    const dataKey = await openDataKey(version.encryption, bucket.value, version.key, context);
    const wanted = range ?? { start: 0, end: version.sizeBytes };
    return {
      ...objectAnswer(input, bucket, version, range),
      Body: await openBody(version, stored.body, dataKey, wanted, context),
    };
  },
  statusOf: ({ ContentRange }) => (ContentRange === undefined ? 200 : 206),
});
