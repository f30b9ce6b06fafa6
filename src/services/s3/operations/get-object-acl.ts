import type { GetObjectAclOutput, GetObjectAclRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { grantsOf, ownerOnly } from '../access-control.ts';
import { canonicalUserId } from '../canonical-user.ts';
import { requireObject } from '../find-version.ts';
import type { S3Ports } from '../ports.ts';
import {
  assertReadInput,
  namedKey,
  readPermissions,
  resolveRead,
  type ReadResources,
} from '../read-operation.ts';

/** spec: S3-ACL-1 */
export const getObjectAcl = operation<GetObjectAclRequest, GetObjectAclOutput, S3Ports, ReadResources>({
  name: 'GetObjectAcl',
  validate: assertReadInput,
  resolve: resolveRead,
  authorization: readPermissions({ newest: 's3:GetObjectAcl', version: 's3:GetObjectVersionAcl' }),
  async operate(input, { bucket, found }, context) {
    const version = (await requireObject(found, bucket, namedKey(input), context)).stored.value;
    const isEnforced = bucket.value.objectOwnership === 'BucketOwnerEnforced';
    const owner = isEnforced ? bucket.value.account : version.owner;
    return {
      Owner: { ID: canonicalUserId(owner) },
      Grants: grantsOf(isEnforced ? ownerOnly(owner) : version.acl),
    };
  },
});
