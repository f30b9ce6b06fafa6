import type { GetBucketPolicyStatusOutput, GetBucketPolicyStatusRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { isPublicPolicy } from '../public-policy.ts';

/** spec: S3-PUBLIC-1 */
export const getBucketPolicyStatus = readSetting<GetBucketPolicyStatusRequest, GetBucketPolicyStatusOutput>({
  name: 'GetBucketPolicyStatus',
  action: 's3:GetBucketPolicyStatus',
  read({ name, policy }) {
    if (policy === null) throw s3Errors.noSuchBucketPolicy({}, { BucketName: name });
    return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
  },
});
