import type { DeleteBucketTaggingRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';

/** spec: S3-TAG-1 */
export const deleteBucketTagging = writeSetting<DeleteBucketTaggingRequest>({
  name: 'DeleteBucketTagging',
  action: 's3:PutBucketTagging',
  write: (bucket) => ({ ...bucket, tags: {} }),
});
