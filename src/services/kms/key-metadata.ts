/** A key as CreateKey and DescribeKey show it. */
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { keySpecs } from './key-specs.ts';
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
    ...specMembers(key),
    ...algorithmMembers(key),
    MultiRegion: key.isMultiRegion,
    CurrentKeyMaterialId: key.keySpec === 'SYMMETRIC_DEFAULT' ? key.materials.at(-1)?.id : undefined,
  };
}

/** The older name of the spec has no word for the newest one. */
export function specMembers({
  keySpec,
}: Pick<KeyRecord, 'keySpec'>): Pick<KeyMetadata, 'CustomerMasterKeySpec' | 'KeySpec'> {
  return {
    CustomerMasterKeySpec: keySpec === 'ECC_NIST_EDWARDS25519' ? undefined : keySpec,
    KeySpec: keySpec,
  };
}

/** The one list of algorithms that a key has, under the name of its usage. */
export function algorithmMembers(
  key: Pick<KeyRecord, 'keySpec' | 'keyUsage'>,
): Pick<KeyMetadata, 'EncryptionAlgorithms' | 'SigningAlgorithms' | 'MacAlgorithms'> {
  const { algorithms } = keySpecs[key.keySpec];
  switch (key.keyUsage) {
    case 'ENCRYPT_DECRYPT':
      return { EncryptionAlgorithms: [...(algorithms.ENCRYPT_DECRYPT ?? [])] };
    case 'SIGN_VERIFY':
      return { SigningAlgorithms: [...(algorithms.SIGN_VERIFY ?? [])] };
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: [...(algorithms.GENERATE_VERIFY_MAC ?? [])] };
  }
}
