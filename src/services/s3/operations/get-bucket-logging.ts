import type { GetBucketLoggingOutput, GetBucketLoggingRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketLogging = readSetting<GetBucketLoggingRequest, GetBucketLoggingOutput>({
  name: 'GetBucketLogging',
  action: 's3:GetBucketLogging',
  read: (bucket) => settingOf<GetBucketLoggingOutput>(bucket, 'logging') ?? {},
});
