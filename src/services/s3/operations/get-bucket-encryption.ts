import type { GetBucketEncryptionOutput, GetBucketEncryptionRequest } from '@aws-sdk/client-s3';
import { readSetting } from '../bucket-setting.ts';
import { isKms } from '../encryption.ts';
import type { DefaultEncryption } from '../ports.ts';

const sseS3: DefaultEncryption = { sseAlgorithm: 'AES256', kmsMasterKeyId: null, isBucketKeyEnabled: false };

/** Every bucket has an answer. spec: S3-ENC-1 */
export const getBucketEncryption = readSetting<GetBucketEncryptionRequest, GetBucketEncryptionOutput>({
  name: 'GetBucketEncryption',
  action: 's3:GetEncryptionConfiguration',
  read({ encryption }) {
    const { sseAlgorithm, kmsMasterKeyId, isBucketKeyEnabled } = encryption ?? sseS3;
    const keyMember =
      isKms(sseAlgorithm) && kmsMasterKeyId !== null ? { KMSMasterKeyID: kmsMasterKeyId } : {};
    return {
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: sseAlgorithm, ...keyMember },
            BucketKeyEnabled: isBucketKeyEnabled,
          },
        ],
      },
    };
  },
});
