import type { GetBucketVersioningOutput, GetBucketVersioningRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';

/** Empty until it was first set. spec: S3-VERSION-4 */
export const getBucketVersioning = readSetting<GetBucketVersioningRequest, GetBucketVersioningOutput>({
  name: 'GetBucketVersioning',
  action: 's3:GetBucketVersioning',
  read: ({ versioning }) => (versioning === null ? {} : { Status: versioning }),
});
