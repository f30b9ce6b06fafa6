import type { GetObjectTaggingOutput, GetObjectTaggingRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { requireObject, versionMember } from '../find-version.ts';
import type { S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';
import { tagSetOf } from '../tags.ts';

/** spec: S3-TAG-2 */
export const getObjectTagging = operation<
  GetObjectTaggingRequest,
  GetObjectTaggingOutput,
  S3Ports,
  ReadResources
>({
  name: 'GetObjectTagging',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: readPermissions({ newest: 's3:GetObjectTagging', version: 's3:GetObjectVersionTagging' }),
  async operate(input, { bucket, found }, context) {
    const version = (await requireObject(found, bucket, namedKey(input), context)).stored.value;
    return { ...versionMember(bucket, version), TagSet: tagSetOf(version.tags) };
  },
});
