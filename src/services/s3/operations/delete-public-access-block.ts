import type { DeletePublicAccessBlockRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';

/** spec: S3-PUBLIC-4 */
export const deletePublicAccessBlock = writeSetting<DeletePublicAccessBlockRequest>({
  name: 'DeletePublicAccessBlock',
  action: 's3:PutBucketPublicAccessBlock',
  write: (bucket) => ({ ...bucket, publicAccessBlock: null }),
});
