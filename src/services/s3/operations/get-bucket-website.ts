import type { GetBucketWebsiteOutput, GetBucketWebsiteRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketWebsite = readSetting<GetBucketWebsiteRequest, GetBucketWebsiteOutput>({
  name: 'GetBucketWebsite',
  action: 's3:GetBucketWebsite',
  read(bucket) {
    const stored = settingOf<GetBucketWebsiteOutput>(bucket, 'website');
    if (stored === null) throw s3Errors.noSuchWebsite({}, { BucketName: bucket.name });
    return stored;
  },
});
