import type { GetBucketReplicationOutput, GetBucketReplicationRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketReplication = readSetting<GetBucketReplicationRequest, GetBucketReplicationOutput>({
  name: 'GetBucketReplication',
  action: 's3:GetReplicationConfiguration',
  read(bucket) {
    const stored = settingOf<GetBucketReplicationOutput>(bucket, 'replication');
    if (stored === null) throw s3Errors.noSuchReplication({}, { BucketName: bucket.name });
    return stored;
  },
});
