import type { GetBucketAclOutput, GetBucketAclRequest } from '@aws-sdk/client-s3';
import { grantsOf } from '../access-control.ts';
import { readSetting } from '../bucket-setting.ts';
import { canonicalUserId } from '../canonical-user.ts';

/** spec: S3-ACL-1 */
export const getBucketAcl = readSetting<GetBucketAclRequest, GetBucketAclOutput>({
  name: 'GetBucketAcl',
  action: 's3:GetBucketAcl',
  read: ({ account, acl }) => ({ Owner: { ID: canonicalUserId(account) }, Grants: grantsOf(acl) }),
});
