import type { PutBucketAccelerateConfigurationRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketAccelerateConfiguration = writeSetting<PutBucketAccelerateConfigurationRequest>({
  name: 'PutBucketAccelerateConfiguration',
  action: 's3:PutAccelerateConfiguration',
  write(bucket, input) {
    if (input.AccelerateConfiguration === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'accelerate', input.AccelerateConfiguration);
  },
});
