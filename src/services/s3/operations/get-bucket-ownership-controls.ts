import type { GetBucketOwnershipControlsOutput, GetBucketOwnershipControlsRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';

/** spec: S3-OWNER-4 */
export const getBucketOwnershipControls = readSetting<
  GetBucketOwnershipControlsRequest,
  GetBucketOwnershipControlsOutput
>({
  name: 'GetBucketOwnershipControls',
  action: 's3:GetBucketOwnershipControls',
  read({ name, objectOwnership }) {
    if (objectOwnership === null) throw s3Errors.ownershipNotFound({}, { BucketName: name });
    return { OwnershipControls: { Rules: [{ ObjectOwnership: objectOwnership }] } };
  },
});
