import type { DeleteBucketOwnershipControlsRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';

/** spec: S3-OWNER-4 */
export const deleteBucketOwnershipControls = writeSetting<DeleteBucketOwnershipControlsRequest>({
  name: 'DeleteBucketOwnershipControls',
  action: 's3:PutBucketOwnershipControls',
  write: (bucket) => ({ ...bucket, objectOwnership: null }),
});
