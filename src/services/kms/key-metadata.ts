/** A key as CreateKey and DescribeKey show it. */
import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { KeyRecord } from './ports.ts';

/** Members that do not apply are left out, as KMS does. */
export function keyMetadata(key: KeyRecord): KeyMetadata {
  return {
    AWSAccountId: key.account,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: new Date(key.createdAtMillis),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.keyUsage,
    KeyState: key.state,
    DeletionDate: key.deletionAtMillis === null ? undefined : new Date(key.deletionAtMillis),
    Origin: key.origin,
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.keySpec,
    KeySpec: key.keySpec,
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: key.isMultiRegion,
    CurrentKeyMaterialId: key.materials.at(-1)?.id,
  };
}
