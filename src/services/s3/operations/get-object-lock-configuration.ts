import type { GetObjectLockConfigurationOutput, GetObjectLockConfigurationRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';

/** spec: S3-LOCK-3 */
export const getObjectLockConfiguration = readSetting<
  GetObjectLockConfigurationRequest,
  GetObjectLockConfigurationOutput
>({
  name: 'GetObjectLockConfiguration',
  action: 's3:GetBucketObjectLockConfiguration',
  read({ name, objectLock }) {
    if (objectLock === null) throw s3Errors.lockNotFound({}, { BucketName: name });
    const retention = objectLock.defaultRetention;
    if (retention === null) return { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } };
    const { unit, count } = retention.period;
    const period = unit === 'days' ? { Days: count } : { Years: count };
    return {
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: retention.mode, ...period } },
      },
    };
  },
});
