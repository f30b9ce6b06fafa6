import type { PutBucketLoggingRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketLogging = writeSetting<PutBucketLoggingRequest>({
  name: 'PutBucketLogging',
  action: 's3:PutBucketLogging',
  write(bucket, input) {
    if (input.BucketLoggingStatus === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'logging', input.BucketLoggingStatus);
  },
});
