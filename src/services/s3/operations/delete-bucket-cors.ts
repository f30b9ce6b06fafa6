import type { DeleteBucketCorsRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const deleteBucketCors = writeSetting<DeleteBucketCorsRequest>({
  name: 'DeleteBucketCors',
  action: 's3:PutBucketCORS',
  write: (bucket) => withSetting(bucket, 'cors', null),
});
