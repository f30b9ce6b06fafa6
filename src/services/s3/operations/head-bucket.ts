import type { HeadBucketOutput, HeadBucketRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { bucketArn, findBucket, type FoundBucket } from '../find-bucket.ts';
import { bucketPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';

/** spec: S3-AUTH-1 */
export const headBucket = operation<HeadBucketRequest, HeadBucketOutput, S3Ports, FoundBucket>({
  name: 'HeadBucket',
  resolve: findBucket,
  authorization: (_input, { value: bucket }, context) => [bucketPermission('s3:ListBucket', bucket, context)],
  operate: (_input, { value: bucket }) =>
    Promise.resolve({ BucketRegion: bucket.region, BucketArn: bucketArn(bucket), AccessPointAlias: false }),
});
