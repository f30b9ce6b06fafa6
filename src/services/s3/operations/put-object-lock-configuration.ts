import type { PutObjectLockConfigurationRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import { isLockMode } from '../object-lock.ts';
import type { DefaultRetention } from '../ports.ts';

/** spec: S3-LOCK-3 */
export const putObjectLockConfiguration = writeSetting<PutObjectLockConfigurationRequest>({
  name: 'PutObjectLockConfiguration',
  action: 's3:PutBucketObjectLockConfiguration',
  write(bucket, { ObjectLockConfiguration: configuration }) {
    if (configuration?.ObjectLockEnabled !== 'Enabled') throw s3Errors.malformedXml();
    if (bucket.versioning !== 'Enabled') throw s3Errors.lockNeedsVersioning();
    const { Rule: rule } = configuration;
    return {
      ...bucket,
      objectLock: { defaultRetention: rule === undefined ? null : retentionOf(rule.DefaultRetention) },
    };
  },
});

function retentionOf(
  retention:
    | {
        readonly Mode?: string | undefined;
        readonly Days?: number | undefined;
        readonly Years?: number | undefined;
      }
    | undefined,
): DefaultRetention {
  const { Mode: mode, Days: days, Years: years } = retention ?? {};
  const count = days ?? years;
  const isWellFormed = isLockMode(mode) && count !== undefined && (days === undefined || years === undefined);
  if (!isWellFormed) throw s3Errors.malformedXml();
  if (count < 1)
    throw s3Errors.invalidArgument({ message: 'Default retention period must be a positive integer value' });
  return { mode, period: { unit: days === undefined ? 'years' : 'days', count } };
}
