import type { PutBucketWebsiteRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketWebsite = writeSetting<PutBucketWebsiteRequest>({
  name: 'PutBucketWebsite',
  action: 's3:PutBucketWebsite',
  write(bucket, input) {
    if (input.WebsiteConfiguration === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'website', input.WebsiteConfiguration);
  },
});
