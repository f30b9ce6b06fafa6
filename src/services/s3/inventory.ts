/**
 * The buckets of an account as AWS Config records them.
 * spec: CFG-ITEM-4
 */
import type { AccountId } from '../../aws/account-id.ts';
import type { Records } from '../records.ts';
import { canonicalUserId } from './canonical-user.ts';
import { bucketArn } from './find-bucket.ts';
import { buckets, type BucketRecord } from './ports.ts';
import { supplementaryConfiguration } from './supplementary-configuration.ts';

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
    supplementaryConfiguration: supplementaryConfiguration(bucket),
  };
}
