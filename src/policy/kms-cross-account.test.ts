import { expect, test } from 'vitest';
import { worksAcrossAccounts } from './kms-cross-account.ts';

// spec: IAM-KMS-4
test.each([
  'Encrypt',
  'Decrypt',
  'ReEncryptFrom',
  'ReEncryptTo',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'Sign',
  'Verify',
  'DeriveSharedSecret',
  'DescribeKey',
  'GetPublicKey',
  'GetKeyRotationStatus',
  'CreateGrant',
  'ListGrants',
  'RevokeGrant',
  'RetireGrant',
])('%s works on a key of another account', (operation) => {
  expect(worksAcrossAccounts(`kms:${operation}`)).toBe(true);
  expect(worksAcrossAccounts(`KMS:${operation.toUpperCase()}`)).toBe(true);
});

// spec: IAM-KMS-4
test.each(['PutKeyPolicy', 'GetKeyPolicy', 'ScheduleKeyDeletion', 'CreateKey', 'TagResource', ''])(
  '`%s` does not, in other services it does',
  (operation) => {
    expect(worksAcrossAccounts(`kms:${operation}`)).toBe(false);
    expect(worksAcrossAccounts(`s3:${operation}`)).toBe(true);
  },
);
