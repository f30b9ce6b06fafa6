/**
 * Which operation works in which state of a key, and what KMS says where it doesn't: one table.
 * spec: KMS-STATE-1
 */
import { kmsErrors } from './errors.ts';
import type { KeyRecord, KeyState } from './ports.ts';

type StateRule =
  | 'works'
  | 'disabled'
  | 'pending deletion'
  | 'pending replica deletion'
  | 'not pending deletion'
  | 'pending import'
  | 'unavailable'
  | 'creating'
  | 'updating'
  | 'origin';

type Row = Readonly<Record<KeyState, StateRule>>;

const always: Row = {
  Enabled: 'works',
  Disabled: 'works',
  PendingDeletion: 'works',
  PendingReplicaDeletion: 'works',
  PendingImport: 'works',
  Unavailable: 'works',
  Creating: 'works',
  Updating: 'works',
};
const unlessDeleting: Row = {
  ...always,
  PendingDeletion: 'pending deletion',
  PendingReplicaDeletion: 'pending replica deletion',
};
const cryptography: Row = {
  ...unlessDeleting,
  Disabled: 'disabled',
  PendingImport: 'pending import',
  Unavailable: 'unavailable',
  Creating: 'creating',
};
const switching: Row = {
  ...unlessDeleting,
  PendingImport: 'pending import',
  Creating: 'creating',
  Updating: 'updating',
};
const notPending: Row = {
  Enabled: 'not pending deletion',
  Disabled: 'not pending deletion',
  PendingDeletion: 'works',
  PendingReplicaDeletion: 'works',
  PendingImport: 'not pending deletion',
  Unavailable: 'not pending deletion',
  Creating: 'not pending deletion',
  Updating: 'not pending deletion',
};

/** Keys that KMS holds the material of; for all others the origin is in the way. */
const rotating: Row = {
  ...cryptography,
  PendingImport: 'origin',
  Unavailable: 'origin',
};

export const keyStateTable = {
  CancelKeyDeletion: notPending,
  CreateAlias: unlessDeleting,
  CreateGrant: { ...cryptography, Unavailable: 'works' },
  Decrypt: cryptography,
  DeleteAlias: always,
  DescribeKey: always,
  DisableKey: switching,
  DisableKeyRotation: rotating,
  EnableKey: switching,
  EnableKeyRotation: rotating,
  Encrypt: cryptography,
  GenerateDataKey: cryptography,
  GenerateDataKeyPair: cryptography,
  GenerateDataKeyPairWithoutPlaintext: cryptography,
  GenerateDataKeyWithoutPlaintext: cryptography,
  GenerateMac: cryptography,
  GetKeyPolicy: always,
  GetKeyRotationStatus: { ...always, PendingImport: 'origin', Unavailable: 'origin' },
  GetPublicKey: cryptography,
  ListGrants: always,
  ListKeyPolicies: always,
  ListKeyRotations: { ...always, PendingImport: 'origin' },
  ListResourceTags: always,
  PutKeyPolicy: always,
  ReEncrypt: cryptography,
  RetireGrant: always,
  RevokeGrant: always,
  RotateKeyOnDemand: { ...cryptography, Unavailable: 'origin' },
  ScheduleKeyDeletion: { ...unlessDeleting, Updating: 'updating' },
  Sign: cryptography,
  TagResource: unlessDeleting,
  UntagResource: unlessDeleting,
  UpdateAlias: unlessDeleting,
  UpdateKeyDescription: unlessDeleting,
  Verify: cryptography,
  VerifyMac: cryptography,
} as const satisfies Record<string, Row>;

export type KeyOperationName = keyof typeof keyStateTable;

/** @throws DisabledException, KMSInvalidStateException, UnsupportedOperationException: what the table says for the key's state */
export function assertKeyState(operation: KeyOperationName, key: KeyRecord): void {
  const row: Row = keyStateTable[operation];
  const rule = row[key.state];
  switch (rule) {
    case 'works':
      return;
    case 'disabled':
      throw kmsErrors.disabled({ arn: key.arn });
    case 'origin':
      throw kmsErrors.originNotValid({ arn: key.arn, origin: key.origin });
    case 'pending deletion':
    case 'pending replica deletion':
    case 'not pending deletion':
    case 'pending import':
    case 'unavailable':
    case 'creating':
    case 'updating':
      throw kmsErrors.invalidState({ arn: key.arn, state: rule });
  }
}
