import type { PutBucketOwnershipControlsRequest } from '@aws-sdk/client-s3';
import { isOwnerFullControl } from '../access-control.ts';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';
import type { OwnershipSetting } from '../ports.ts';

const settings: readonly OwnershipSetting[] = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

/** spec: S3-OWNER-4 */
export const putBucketOwnershipControls = writeSetting<PutBucketOwnershipControlsRequest>({
  name: 'PutBucketOwnershipControls',
  action: 's3:PutBucketOwnershipControls',
  write(bucket, input) {
    const rules = input.OwnershipControls?.Rules ?? [];
    const objectOwnership = settings.find((setting) => setting === rules[0]?.ObjectOwnership);
    if (rules.length !== 1 || objectOwnership === undefined) throw s3Errors.malformedXml();
    if (objectOwnership === 'BucketOwnerEnforced' && !isOwnerFullControl(bucket.acl, bucket.account))
      throw s3Errors.aclWithEnforced();
    return { ...bucket, objectOwnership };
  },
});
