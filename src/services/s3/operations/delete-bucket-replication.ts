import type { DeleteBucketReplicationRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const deleteBucketReplication = writeSetting<DeleteBucketReplicationRequest>({
  name: 'DeleteBucketReplication',
  action: 's3:PutReplicationConfiguration',
  write: (bucket) => withSetting(bucket, 'replication', null),
});
