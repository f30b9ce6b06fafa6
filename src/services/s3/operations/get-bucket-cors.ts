import type { GetBucketCorsOutput, GetBucketCorsRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketCors = readSetting<GetBucketCorsRequest, GetBucketCorsOutput>({
  name: 'GetBucketCors',
  action: 's3:GetBucketCORS',
  read(bucket) {
    const stored = settingOf<GetBucketCorsOutput>(bucket, 'cors');
    if (stored === null) throw s3Errors.noSuchCors({}, { BucketName: bucket.name });
    return stored;
  },
});
