import type { DeleteBucketLifecycleRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const deleteBucketLifecycle = writeSetting<DeleteBucketLifecycleRequest>({
  name: 'DeleteBucketLifecycle',
  action: 's3:PutLifecycleConfiguration',
  write: (bucket) => withSetting(bucket, 'lifecycle', null),
});
