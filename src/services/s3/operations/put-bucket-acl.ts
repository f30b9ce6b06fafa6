import type { PutBucketAclRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { isOwnerFullControl, requestedAcl } from '../access-control.ts';
import { changeBucket } from '../change-bucket.ts';
import { s3Errors } from '../errors.ts';
import { bucketArn, findBucket, type FoundBucket } from '../find-bucket.ts';
import { assertNotPublic } from '../ownership.ts';
import { aclEntries, bucketPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** spec: S3-ACL-2, S3-ACL-3 */
export const putBucketAcl = operation<PutBucketAclRequest, object, S3Ports, FoundBucket>({
  name: 'PutBucketAcl',
  resolve: findBucket,
  authorization: (input, { value: bucket }, context) => [
    bucketPermission('s3:PutBucketAcl', bucket, context, aclEntries(input)),
  ],
  async operate(input, found, context) {
    await changeBucket(found, context, (bucket) => {
      const acl = requestedAcl(input, { owner: bucket.account, bucketOwner: bucket.account });
      if (acl === null) throw s3Errors.aclMissing({}, { MissingHeaderName: 'x-amz-acl' });
      if (bucket.objectOwnership === 'BucketOwnerEnforced' && !isOwnerFullControl(acl, bucket.account))
        throw s3Errors.aclNotSupported();
      assertNotPublic(acl, bucket, context, { action: 's3:PutBucketAcl', resource: bucketArn(bucket) });
      return { ...bucket, acl };
    });
    return {};
  },
});
