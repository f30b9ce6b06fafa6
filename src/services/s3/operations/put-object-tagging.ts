import type { PutObjectTaggingOutput, PutObjectTaggingRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { changeVersion } from '../change-version.ts';
import { versionMember } from '../find-version.ts';
import { requestTagEntries } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';
import { tagsOfObject } from '../tags.ts';

/** spec: S3-TAG-2 */
export const putObjectTagging = operation<
  PutObjectTaggingRequest,
  PutObjectTaggingOutput,
  S3Ports,
  ReadResources
>({
  name: 'PutObjectTagging',
  validate(input) {
    assertReadInput(input);
    tagsOfObject(input.Tagging?.TagSet);
  },
  resolve: resolveRead,
  authorization(input, resources, context) {
    const names = { newest: 's3:PutObjectTagging', version: 's3:PutObjectVersionTagging' };
    const tags = requestTagEntries(tagsOfObject(input.Tagging?.TagSet));
    return readPermissions(names)(input, resources, context).map((permission) => ({
      ...permission,
      context: [...(permission.context ?? []), ...tags],
    }));
  },
  async operate(input, { bucket, found }, context) {
    const tags = tagsOfObject(input.Tagging?.TagSet);
    const version = await changeVersion(found, bucket, namedKey(input), context, (current) => ({
      ...current,
      tags,
    }));
    return versionMember(bucket, version);
  },
});
