import type { PutBucketNotificationConfigurationRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { withSetting } from '../kept-setting.ts';

/** spec: S3-KEPT-1 */
export const putBucketNotificationConfiguration = writeSetting<PutBucketNotificationConfigurationRequest>({
  name: 'PutBucketNotificationConfiguration',
  action: 's3:PutBucketNotification',
  write(bucket, input) {
    if (input.NotificationConfiguration === undefined) throw s3Errors.malformedXml();
    return withSetting(bucket, 'notification', input.NotificationConfiguration);
  },
});
