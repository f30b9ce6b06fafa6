import type { DeleteBucketEncryptionRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';

/** Back to SSE-S3. spec: S3-ENC-1 */
export const deleteBucketEncryption = writeSetting<DeleteBucketEncryptionRequest>({
  name: 'DeleteBucketEncryption',
  action: 's3:PutEncryptionConfiguration',
  write: (bucket) => ({ ...bucket, encryption: null }),
});
