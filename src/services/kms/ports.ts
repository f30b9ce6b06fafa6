/** What KMS keeps and what it needs from outside. */
import type { AccountId } from '../../aws/account-id.ts';
import { collection, type Records } from '../records.ts';
import type { KeySpec, KeyUsage } from './key-specs.ts';
import type { Keyring } from './keyring.ts';

/** All that AWS has; this service itself brings keys into the first four only, a laid-out setup into any. */
export type KeyState =
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'PendingReplicaDeletion'
  | 'Unavailable'
  | 'Creating'
  | 'Updating';

/** A KMS key as it is stored, under its ARN. Key material stands in it wrapped only. */
export interface KeyRecord {
  readonly arn: string;
  readonly keyId: string;
  readonly account: AccountId;
  readonly region: string;
  readonly partition: string;
  readonly description: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly keyUsage: KeyUsage;
  readonly keySpec: KeySpec;
  readonly origin: 'AWS_KMS' | 'EXTERNAL';
  readonly isMultiRegion: boolean;
  readonly state: KeyState;
  readonly createdAtMillis: number;
  /** When the key will be deleted; `null` unless it is pending deletion. */
  readonly deletionAtMillis: number | null;
  /** The key policy's text as it was given. */
  readonly policy: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Names (`alias/x`) of the aliases that point here; kept with the alias records in one commit. */
  readonly aliases: readonly string[];
  /** False until the first grant: most keys never have one, and need no look-up. */
  readonly hasGrants: boolean;
  /** Oldest first; the last one encrypts. Empty for a key whose material was not imported. */
  readonly materials: readonly KeyMaterial[];
  /** Absent while the key does not rotate by itself. */
  readonly rotation?: RotationSchedule;
}

export interface RotationSchedule {
  readonly periodDays: number;
  readonly nextAtMillis: number;
}

export type RotationType = 'AUTOMATIC' | 'ON_DEMAND';

export interface KeyMaterial {
  readonly id: string;
  /** The material under the root key, in base64. */
  readonly wrapped: string;
  /** Absent for the material that the key began with. */
  readonly rotation?: { readonly type: RotationType; readonly atMillis: number };
}

export interface AliasRecord {
  readonly arn: string;
  /** `alias/x` */
  readonly name: string;
  readonly targetArn: string;
  readonly createdAtMillis: number;
  readonly updatedAtMillis: number;
}

export interface GrantRecord {
  readonly grantId: string;
  readonly keyArn: string;
  readonly name: string | null;
  readonly granteePrincipal: string;
  readonly retiringPrincipal: string | null;
  readonly issuingAccount: string;
  readonly operations: readonly string[];
  readonly encryptionContextSubset: Readonly<Record<string, string>> | null;
  readonly encryptionContextEquals: Readonly<Record<string, string>> | null;
  readonly createdAtMillis: number;
  /** Every token that was given out for it. */
  readonly tokens: readonly string[];
}

/** Under the key's ARN, so that a prefix lists an account's keys of one Region. */
export const keys = collection<KeyRecord>('kms.keys');

/** Under the alias's ARN. */
export const aliases = collection<AliasRecord>('kms.aliases');

/** Under `{key ARN}#{grant ID}`. */
export const grants = collection<GrantRecord>('kms.grants', {
  token: (grant) => grant.tokens,
  retiring: (grant) => (grant.retiringPrincipal === null ? [] : [grant.retiringPrincipal]),
});

/** Encrypts key material under the server's root key. */
export interface Wrapping {
  /** `name` is bound to the result: what was wrapped under one name does not unwrap under another. */
  wrap(material: Uint8Array, name: string): Uint8Array;
  /** @throws {WrappingBroken} not made by this root key, or under another name */
  unwrap(wrapped: Uint8Array, name: string): Uint8Array;
}

/** The stored key material does not belong to the root key in use. */
export class WrappingBroken extends Error {
  override readonly name = 'WrappingBroken';
}

export interface KmsPorts {
  readonly records: Records;
  readonly keyring: Keyring;
  readonly principals: {
    /** Whether a principal with this ARN (user, role, session, root) exists now; KMS stores no policy that names a missing one. */
    exists(arn: string): Promise<boolean>;
  };
}
