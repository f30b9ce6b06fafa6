import type { PutPublicAccessBlockRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { s3Errors } from '../errors.ts';

/** What is left out is off. spec: S3-PUBLIC-4 */
export const putPublicAccessBlock = writeSetting<PutPublicAccessBlockRequest>({
  name: 'PutPublicAccessBlock',
  action: 's3:PutBucketPublicAccessBlock',
  write(bucket, { PublicAccessBlockConfiguration: block }) {
    if (block === undefined) throw s3Errors.malformedXml();
    return {
      ...bucket,
      publicAccessBlock: {
        blockPublicAcls: block.BlockPublicAcls ?? false,
        ignorePublicAcls: block.IgnorePublicAcls ?? false,
        blockPublicPolicy: block.BlockPublicPolicy ?? false,
        restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
      },
    };
  },
});
