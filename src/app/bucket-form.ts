/** Buckets to and from the setup document: what `--setup` lays out and what `/_sealpost/setup` shows. */
import { parseAccountId } from '../aws/account-id.ts';
import { put, type Change, type Records } from '../services/records.ts';
import { canonicalUserId } from '../services/s3/canonical-user.ts';
import { buckets, type BucketRecord, type PublicAccessBlock } from '../services/s3/ports.ts';
import type { BucketEntry } from '../setup/schema.ts';

/** Where a bucket is whose entry does not say. */
export interface BucketDefaults {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly nowMillis: number;
}

/** The change that stores this bucket, whatever AWS would say of its policy. @throws {RangeError} no account ID */
export function layOutBucket(entry: BucketEntry, defaults: BucketDefaults): Change {
  const account = parseAccountId(entry.account ?? defaults.account);
  if (account === null) throw new RangeError(`${entry.account ?? ''} is not an account ID`);
  const bucket: BucketRecord = {
    name: entry.name,
    account,
    region: entry.region ?? defaults.region,
    partition: defaults.partition,
    createdAtMillis: defaults.nowMillis,
    policy: entry.policy == null ? null : JSON.stringify(entry.policy),
    encryption: encryptionOf(entry),
    objectOwnership: entry.objectOwnership ?? 'BucketOwnerEnforced',
    publicAccessBlock:
      entry.publicAccessBlock == null ? null : { ...nothingBlocked, ...given(entry.publicAccessBlock) },
    acl: [{ grantee: { kind: 'canonical-user', id: canonicalUserId(account) }, permission: 'FULL_CONTROL' }],
    versioning: entry.objectLock == null ? null : 'Enabled',
    objectLock:
      entry.objectLock == null
        ? null
        : {
            defaultRetention: entry.objectLock.defaultRetention
              ? { mode: 'GOVERNANCE', period: { unit: 'days', count: 1 } }
              : null,
          },
    tags: {},
    settings: {},
    isBeingDeleted: false,
  };
  return put(buckets, bucket.name, bucket);
}

/** Every bucket as an entry of a setup, in the order of the names. */
export async function bucketEntries(records: Records): Promise<readonly BucketEntry[]> {
  const stored = await records.list(buckets, { limit: Infinity });
  return stored.map(({ value: bucket }) => ({
    name: bucket.name,
    account: bucket.account,
    region: bucket.region,
    policy: bucket.policy === null ? null : (JSON.parse(bucket.policy) as Record<string, unknown>),
    encryption:
      bucket.encryption === null
        ? null
        : {
            sseAlgorithm: bucket.encryption.sseAlgorithm,
            kmsMasterKeyID: bucket.encryption.kmsMasterKeyId,
            bucketKeyEnabled: bucket.encryption.isBucketKeyEnabled,
          },
    objectOwnership: bucket.objectOwnership ?? 'ObjectWriter',
    objectLock:
      bucket.objectLock === null ? null : { defaultRetention: bucket.objectLock.defaultRetention !== null },
    publicAccessBlock: bucket.publicAccessBlock,
  }));
}

const nothingBlocked: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

function given(block: NonNullable<BucketEntry['publicAccessBlock']>): Partial<PublicAccessBlock> {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));
}

function encryptionOf({ encryption }: BucketEntry): BucketRecord['encryption'] {
  if (encryption == null) return null;
  return {
    sseAlgorithm: encryption.sseAlgorithm,
    kmsMasterKeyId: encryption.kmsMasterKeyID ?? null,
    isBucketKeyEnabled: encryption.bucketKeyEnabled ?? false,
  };
}
