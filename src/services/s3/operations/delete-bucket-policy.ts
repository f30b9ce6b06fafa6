import type { DeleteBucketPolicyRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { changeBucket } from '../change-bucket.ts';
import { findBucket, type FoundBucket } from '../find-bucket.ts';
import { policyPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** Also where there is none. spec: S3-POLICY-2, S3-POLICY-3 */
export const deleteBucketPolicy = operation<DeleteBucketPolicyRequest, object, S3Ports, FoundBucket>({
  name: 'DeleteBucketPolicy',
  resolve: findBucket,
  authorization: (_input, { value: bucket }, context) => [
    policyPermission('s3:DeleteBucketPolicy', bucket, context),
  ],
  async operate(_input, found, context) {
    await changeBucket(found, context, (bucket) => ({ ...bucket, policy: null }));
    return {};
  },
});
