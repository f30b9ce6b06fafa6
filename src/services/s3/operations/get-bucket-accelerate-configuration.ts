import type {
  GetBucketAccelerateConfigurationOutput,
  GetBucketAccelerateConfigurationRequest,
} from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketAccelerateConfiguration = readSetting<
  GetBucketAccelerateConfigurationRequest,
  GetBucketAccelerateConfigurationOutput
>({
  name: 'GetBucketAccelerateConfiguration',
  action: 's3:GetAccelerateConfiguration',
  read: (bucket) => settingOf<GetBucketAccelerateConfigurationOutput>(bucket, 'accelerate') ?? {},
});
