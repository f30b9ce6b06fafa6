/**
 * The buckets of an account as AWS Config records them.
 * spec: CFG-ITEM-4
 */
import type { AccountId } from '../../aws/account-id.ts';
import type { Records } from '../records.ts';
import { canonicalUserId } from './canonical-user.ts';
import { bucketArn } from './find-bucket.ts';
import { buckets, type AclPermission, type BucketRecord } from './ports.ts';

/** A resource in the members that a configuration item needs from its service. */
export interface BucketInventoryItem {
  readonly resourceType: 'AWS::S3::Bucket';
  readonly resourceId: string;
  readonly resourceName: string;
  readonly arn: string;
  readonly awsRegion: string;
  readonly availabilityZone: string;
  readonly resourceCreationTimeMillis: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
}

/** Every bucket of this account in this Region, in the order of their names. */
export async function bucketInventory(
  records: Records,
  of: { readonly account: AccountId; readonly region: string },
): Promise<readonly BucketInventoryItem[]> {
  const stored = await records.find(buckets, 'account', of.account, { limit: Infinity });
  return stored
    .filter(({ value }) => value.region === of.region && !value.isBeingDeleted)
    .map(({ value }) => bucketItem(value));
}

/** One bucket. */
export function bucketItem(bucket: BucketRecord): BucketInventoryItem {
  const { name, account, region, createdAtMillis, tags } = bucket;
  return {
    resourceType: 'AWS::S3::Bucket',
    resourceId: name,
    resourceName: name,
    arn: bucketArn(bucket),
    awsRegion: region,
    availabilityZone: 'Regional',
    resourceCreationTimeMillis: createdAtMillis,
    tags,
    configuration: {
      name,
      owner: { displayName: null, id: canonicalUserId(account) },
      creationDate: new Date(createdAtMillis).toISOString(),
    },
    supplementaryConfiguration: supplementary(bucket),
  };
}

/** AWS's own spelling: the ACL is a text, the rest are objects; what was never set is absent or `null`, as seen. */
function supplementary(bucket: BucketRecord): Readonly<Record<string, unknown>> {
  const { policy, tags, versioning, objectLock, publicAccessBlock } = bucket;
  const hasTags = Object.keys(tags).length > 0;
  return {
    AccessControlList: JSON.stringify(accessControlList(bucket)),
    BucketAccelerateConfiguration: { status: null },
    BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
    BucketNotificationConfiguration: { configurations: {} },
    BucketPolicy: { policyText: policy },
    ...(hasTags ? { BucketTaggingConfiguration: { tagSets: [{ tags }] } } : {}),
    BucketVersioningConfiguration: { status: versioning ?? 'Off', isMfaDeleteEnabled: null },
    IsRequesterPaysEnabled: false,
    ServerSideEncryptionConfiguration: { rules: [encryptionRule(bucket)] },
    ...(objectLock === null ? {} : { ObjectLockConfiguration: lockConfiguration(objectLock) }),
    ...(publicAccessBlock === null ? {} : { PublicAccessBlockConfiguration: publicAccessBlock }),
  };
}

function encryptionRule({ encryption }: BucketRecord): object {
  return {
    applyServerSideEncryptionByDefault: {
      sseAlgorithm: encryption?.sseAlgorithm ?? 'AES256',
      kmsMasterKeyID: encryption?.kmsMasterKeyId ?? null,
    },
    bucketKeyEnabled: encryption?.isBucketKeyEnabled ?? false,
  };
}

function lockConfiguration({ defaultRetention }: NonNullable<BucketRecord['objectLock']>): object {
  if (defaultRetention === null) return { objectLockEnabled: 'Enabled', rule: null };
  const { mode, period } = defaultRetention;
  const days = period.unit === 'days' ? period.count : null;
  const years = period.unit === 'years' ? period.count : null;
  return { objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode, days, years } } };
}

const permissionNames: Readonly<Record<AclPermission, string>> = {
  FULL_CONTROL: 'FullControl',
  READ: 'Read',
  WRITE: 'Write',
  READ_ACP: 'ReadAcp',
  WRITE_ACP: 'WriteAcp',
};

function accessControlList({ account, acl }: BucketRecord): object {
  return {
    grantSet: null,
    grantList: acl.map(({ grantee, permission }) => ({
      grantee: grantee.kind === 'group' ? grantee.uri : { id: grantee.id, displayName: null },
      permission: permissionNames[permission],
    })),
    owner: { displayName: null, id: canonicalUserId(account) },
    isRequesterCharged: false,
  };
}
