import type { PutBucketVersioningRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';

/** spec: S3-VERSION-4 */
export const putBucketVersioning = writeSetting<PutBucketVersioningRequest>({
  name: 'PutBucketVersioning',
  action: 's3:PutBucketVersioning',
  write(bucket, { VersioningConfiguration: configuration }) {
    if (configuration === undefined) throw s3Errors.malformedXml();
    const status: string | undefined = configuration.Status;
    if (status === undefined) throw s3Errors.noVersioning();
    if (status !== 'Enabled' && status !== 'Suspended') throw s3Errors.malformedXml();
    if (status === 'Suspended' && bucket.objectLock !== null) throw s3Errors.versioningUnderLock();
    return { ...bucket, versioning: status };
  },
});
