import type { PutBucketReplicationRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketReplication = writeSetting<PutBucketReplicationRequest>({
  name: 'PutBucketReplication',
  action: 's3:PutReplicationConfiguration',
  write(bucket, input) {
    if (input.ReplicationConfiguration === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'replication', { ReplicationConfiguration: input.ReplicationConfiguration });
  },
});
