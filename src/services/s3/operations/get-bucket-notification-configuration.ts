import type {
  NotificationConfiguration,
  GetBucketNotificationConfigurationRequest,
} from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { settingOf } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const getBucketNotificationConfiguration = readSetting<
  GetBucketNotificationConfigurationRequest,
  NotificationConfiguration
>({
  name: 'GetBucketNotificationConfiguration',
  action: 's3:GetBucketNotification',
  read: (bucket) => settingOf<NotificationConfiguration>(bucket, 'notification') ?? {},
});
