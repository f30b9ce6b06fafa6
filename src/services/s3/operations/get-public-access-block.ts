import type { GetPublicAccessBlockOutput, GetPublicAccessBlockRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';

/** spec: S3-PUBLIC-4 */
export const getPublicAccessBlock = readSetting<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput>({
  name: 'GetPublicAccessBlock',
  action: 's3:GetBucketPublicAccessBlock',
  read({ name, publicAccessBlock: block }) {
    if (block === null) throw s3Errors.publicAccessBlockNotFound({}, { BucketName: name });
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: block.blockPublicAcls,
        IgnorePublicAcls: block.ignorePublicAcls,
        BlockPublicPolicy: block.blockPublicPolicy,
        RestrictPublicBuckets: block.restrictPublicBuckets,
      },
    };
  },
});
