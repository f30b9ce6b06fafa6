import type { PutBucketLifecycleConfigurationRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketLifecycleConfiguration = writeSetting<PutBucketLifecycleConfigurationRequest>({
  name: 'PutBucketLifecycleConfiguration',
  action: 's3:PutLifecycleConfiguration',
  write(bucket, input) {
    if (input.LifecycleConfiguration === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'lifecycle', input.LifecycleConfiguration);
  },
});
