/**
 * The keys of an account as AWS Config records them.
 * spec: CFG-ITEM-4
 */
import type { AccountId } from '../../aws/account-id.ts';
import type { Records } from '../records.ts';
import { isGone } from './find-key.ts';
import { algorithmMembers } from './key-metadata.ts';
import { keys, type KeyRecord } from './ports.ts';

/** A resource in the members that a configuration item needs from its service. */
export interface KeyInventoryItem {
  readonly resourceType: 'AWS::KMS::Key';
  readonly resourceId: string;
  readonly resourceName: null;
  readonly arn: string;
  readonly awsRegion: string;
  readonly availabilityZone: string;
  readonly resourceCreationTimeMillis: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
  /** When it will be gone by itself: the end of a pending deletion. */
  readonly endsAtMillis: number | null;
}

/** Every key of this account and Region that exists at `nowMillis`, in the order of their IDs. */
export async function keyInventory(
  records: Records,
  of: {
    readonly partition: string;
    readonly account: AccountId;
    readonly region: string;
    readonly nowMillis: number;
  },
): Promise<readonly KeyInventoryItem[]> {
  const prefix = `arn:${of.partition}:kms:${of.region}:${of.account}:key/`;
  const stored = await records.list(keys, { prefix, limit: Infinity });
  return stored.filter((key) => !isGone(key.value, of.nowMillis)).map((key) => keyItem(key.value));
}

/** One key, in AWS's own spelling, `awsaccountId` included. */
export function keyItem(key: KeyRecord): KeyInventoryItem {
  const algorithms = algorithmMembers(key);
  return {
    resourceType: 'AWS::KMS::Key',
    resourceId: key.keyId,
    resourceName: null,
    arn: key.arn,
    awsRegion: key.region,
    availabilityZone: 'Not Applicable',
    resourceCreationTimeMillis: key.createdAtMillis,
    tags: key.tags,
    configuration: {
      awsaccountId: key.account,
      keyId: key.keyId,
      arn: key.arn,
      creationDate: new Date(key.createdAtMillis).toISOString(),
      enabled: key.state === 'Enabled',
      description: key.description,
      keyUsage: key.keyUsage,
      keyState: key.state,
      origin: key.origin,
      keyManager: key.manager,
      customerMasterKeySpec: key.keySpec,
      keySpec: key.keySpec,
      encryptionAlgorithms: algorithms.EncryptionAlgorithms ?? [],
      signingAlgorithms: algorithms.SigningAlgorithms ?? [],
      multiRegion: key.isMultiRegion,
      ...(key.deletionAtMillis === null
        ? {}
        : { deletionDate: new Date(key.deletionAtMillis).toISOString() }),
    },
    supplementaryConfiguration: {
      Policy: key.policy,
      KeyRotationStatus: key.rotation !== undefined,
      Tags: Object.entries(key.tags).map(([tagKey, tagValue]) => ({ tagKey, tagValue })),
    },
    endsAtMillis: key.deletionAtMillis,
  };
}
