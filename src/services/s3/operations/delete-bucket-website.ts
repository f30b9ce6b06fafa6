import type { DeleteBucketWebsiteRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const deleteBucketWebsite = writeSetting<DeleteBucketWebsiteRequest>({
  name: 'DeleteBucketWebsite',
  action: 's3:DeleteBucketWebsite',
  write: (bucket) => withSetting(bucket, 'website', null),
});
