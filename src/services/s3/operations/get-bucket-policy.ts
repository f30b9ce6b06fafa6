import type { GetBucketPolicyOutput, GetBucketPolicyRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { s3Errors } from '../errors.ts';
import { findBucket, type FoundBucket } from '../find-bucket.ts';
import { policyPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** spec: S3-POLICY-2, S3-POLICY-3 */
export const getBucketPolicy = operation<GetBucketPolicyRequest, GetBucketPolicyOutput, S3Ports, FoundBucket>(
  {
    name: 'GetBucketPolicy',
    resolve: findBucket,
    authorization: (_input, { value: bucket }, context) => [
      policyPermission('s3:GetBucketPolicy', bucket, context),
    ],
    operate: async (_input, { value: { name, policy } }) => {
      if (policy === null) throw s3Errors.noSuchBucketPolicy({}, { BucketName: name });
      return { Policy: policy };
    },
  },
);
