import type { DeleteObjectTaggingOutput, DeleteObjectTaggingRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { changeVersion } from '../change-version.ts';
import { versionMember } from '../find-version.ts';
import type { S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';

/** spec: S3-TAG-2 */
export const deleteObjectTagging = operation<
  DeleteObjectTaggingRequest,
  DeleteObjectTaggingOutput,
  S3Ports,
  ReadResources
>({
  name: 'DeleteObjectTagging',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: readPermissions({
    newest: 's3:DeleteObjectTagging',
    version: 's3:DeleteObjectVersionTagging',
  }),
  async operate(input, { bucket, found }, context) {
    const version = await changeVersion(found, bucket, namedKey(input), context, (current) => ({
      ...current,
      tags: {},
    }));
    return versionMember(bucket, version);
  },
});
