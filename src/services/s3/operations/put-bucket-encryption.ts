import type { PutBucketEncryptionRequest } from '@aws-sdk/client-s3';
import { writeSetting } from '../bucket-setting.ts';
import { isKms, isSseAlgorithm } from '../encryption.ts';
import { s3Errors } from '../errors.ts';
import type { DefaultEncryption } from '../ports.ts';

/** The key is stored as it was given, whether there is such a key or not. spec: S3-ENC-2 */
export const putBucketEncryption = writeSetting<PutBucketEncryptionRequest>({
  name: 'PutBucketEncryption',
  action: 's3:PutEncryptionConfiguration',
  write: (bucket, input) => ({ ...bucket, encryption: defaultEncryption(input) }),
});

function defaultEncryption(input: PutBucketEncryptionRequest): DefaultEncryption {
  const [rule, ...more] = input.ServerSideEncryptionConfiguration?.Rules ?? [];
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  const algorithm: string | undefined = byDefault?.SSEAlgorithm;
  if (rule === undefined || more.length > 0 || algorithm === undefined || !isSseAlgorithm(algorithm))
    throw s3Errors.malformedXml();
  const keyId = byDefault?.KMSMasterKeyID;
  if (keyId !== undefined && !isKms(algorithm))
    throw s3Errors.kmsKeyWithoutKms({}, { ArgumentName: 'ApplyServerSideEncryptionByDefault' });
  return {
    sseAlgorithm: algorithm,
    kmsMasterKeyId: keyId ?? null,
    isBucketKeyEnabled: rule.BucketKeyEnabled ?? false,
  };
}
