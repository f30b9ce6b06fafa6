import { keyTypeOf } from './key-specs.ts';
import type { KeyRecord } from './ports.ts';

/** The operations that a grant may allow, as AWS lists them. */
export const grantOperations = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'GetPublicKey',
  'CreateGrant',
  'RetireGrant',
  'DescribeKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
];

const anyKey = ['CreateGrant', 'RetireGrant', 'DescribeKey'];
const encrypting = ['Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo'];

/**
 * Those of them that a key of this kind has.
 * spec: KMS-GRANTOP-4
 */
export function grantOperationsOf(key: KeyRecord): readonly string[] {
  switch (keyTypeOf(key)) {
    case 'symmetric':
      return [
        ...anyKey,
        ...encrypting,
        ...grantOperations.filter((name) => name.startsWith('GenerateDataKey')),
      ];
    case 'HMAC':
      return [...anyKey, 'GenerateMac', 'VerifyMac'];
    case 'asymmetric': {
      const using = key.keyUsage === 'ENCRYPT_DECRYPT' ? encrypting : ['Sign', 'Verify'];
      return [...anyKey, 'GetPublicKey', ...using];
    }
  }
}
