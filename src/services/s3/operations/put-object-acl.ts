import type { PutObjectAclOutput, PutObjectAclRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { assertObjectAcl, isOwnerFullControl, requestedAcl } from '../access-control.ts';
import { changeVersion } from '../change-version.ts';
import { s3Errors } from '../errors.ts';
import { objectArn } from '../find-bucket.ts';
import { assertNotPublic } from '../ownership.ts';
import { aclEntries } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';

/** spec: S3-ACL-2, S3-ACL-3 */
export const putObjectAcl = operation<PutObjectAclRequest, PutObjectAclOutput, S3Ports, ReadResources>({
  name: 'PutObjectAcl',
  validate(input) {
    assertReadInput(input);
    assertObjectAcl(input.ACL);
  },
  resolve: resolveRead,
  authorization(input, resources, context) {
    const names = { newest: 's3:PutObjectAcl', version: 's3:PutObjectVersionAcl' };
    return readPermissions(names)(input, resources, context).map((permission) => ({
      ...permission,
      context: [...(permission.context ?? []), ...aclEntries(input)],
    }));
  },
  async operate(input, { bucket: found, found: version }, context) {
    const bucket = found.value;
    const named = namedKey(input);
    await changeVersion(version, found, named, context, (current) => {
      const acl = requestedAcl(input, { owner: current.owner, bucketOwner: bucket.account });
      if (acl === null) throw s3Errors.aclMissing({}, { MissingHeaderName: 'x-amz-acl' });
      const isEnforced = bucket.objectOwnership === 'BucketOwnerEnforced';
      if (isEnforced && !isOwnerFullControl(acl, bucket.account)) throw s3Errors.aclNotSupported();
      assertNotPublic(acl, bucket, context, {
        action: 's3:PutObjectAcl',
        resource: objectArn(bucket, named.key),
      });
      return { ...current, acl };
    });
    return {};
  },
});
