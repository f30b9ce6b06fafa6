import type {
  BucketLocationConstraint,
  GetBucketLocationOutput,
  GetBucketLocationRequest,
} from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { findBucketAnywhere, type FoundBucket } from '../find-bucket.ts';
import { bucketPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** Answered from every Region: it is how clients find the right one. spec: S3-BUCKET-2 */
export const getBucketLocation = operation<
  GetBucketLocationRequest,
  GetBucketLocationOutput,
  S3Ports,
  FoundBucket
>({
  name: 'GetBucketLocation',
  resolve: findBucketAnywhere,
  authorization: (_input, { value: bucket }, context) => [
    bucketPermission('s3:GetBucketLocation', bucket, context),
  ],
  operate: (_input, { value: { region } }) =>
    Promise.resolve(region === 'us-east-1' ? {} : { LocationConstraint: region as BucketLocationConstraint }),
});
