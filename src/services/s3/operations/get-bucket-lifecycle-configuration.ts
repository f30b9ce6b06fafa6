import type {
  GetBucketLifecycleConfigurationOutput,
  GetBucketLifecycleConfigurationRequest,
} from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketLifecycleConfiguration = readSetting<
  GetBucketLifecycleConfigurationRequest,
  GetBucketLifecycleConfigurationOutput
>({
  name: 'GetBucketLifecycleConfiguration',
  action: 's3:GetLifecycleConfiguration',
  read(bucket) {
    const stored = settingOf<GetBucketLifecycleConfigurationOutput>(bucket, 'lifecycle');
    if (stored === null) throw s3Errors.noSuchLifecycle({}, { BucketName: bucket.name });
    return stored;
  },
});
