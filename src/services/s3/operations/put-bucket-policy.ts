import type { PutBucketPolicyRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { assertBucketPolicy } from '../bucket-policy.ts';
import { callerName } from '../../../policy/caller-name.ts';
import { changeBucket } from '../change-bucket.ts';
import { s3Errors } from '../errors.ts';
import { bucketArn, findBucket, type FoundBucket } from '../find-bucket.ts';
import { policyPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import { isPublicPolicy } from '../public-policy.ts';

/** spec: S3-POLICY-1, S3-POLICY-3, S3-PUBLIC-3 */
export const putBucketPolicy = operation<PutBucketPolicyRequest, object, S3Ports, FoundBucket>({
  name: 'PutBucketPolicy',
  resolve: findBucket,
  authorization: (_input, { value: bucket }, context) => [
    policyPermission('s3:PutBucketPolicy', bucket, context),
  ],
  async operate(input, found, context) {
    const policy = input.Policy ?? '';
    await assertBucketPolicy(policy, found.value, context.ports.principals);
    await changeBucket(found, context, (bucket) => {
      if (bucket.publicAccessBlock?.blockPublicPolicy === true && isPublicPolicy(policy))
        throw s3Errors.publicPolicyBlocked({
          user: callerName(context.caller.principal),
          resource: bucketArn(bucket),
        });
      return { ...bucket, policy };
    });
    return {};
  },
});
