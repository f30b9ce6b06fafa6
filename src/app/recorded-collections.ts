/** Which records of which services are resources that AWS Config records, and how each is told. */
import type { AccountId } from '../aws/account-id.ts';
import type { InventoryItem } from '../services/config/ports.ts';
import { describeRole } from '../services/iam/inventory.ts';
import { roles } from '../services/iam/ports.ts';
import { keyItem } from '../services/kms/inventory.ts';
import { keys } from '../services/kms/ports.ts';
import type { Collection, Records } from '../services/records.ts';
import { bucketItem } from '../services/s3/inventory.ts';
import { buckets } from '../services/s3/ports.ts';

/** A resource that a change is about. */
export interface RecordedResource {
  readonly account: AccountId;
  /** `null`: global, recorded in every Region that has a recorder. */
  readonly region: string | null;
  readonly resourceType: string;
  readonly resourceId: string;
  /** `null`: on its way out; its deletion is recorded with the record's. */
  describe(records: Records): Promise<InventoryItem | null>;
}

/** By the name of the collection: its record as a resource. */
export const recordedCollections: ReadonlyMap<string, (record: unknown) => RecordedResource> = new Map([
  recorded(buckets, (bucket) => ({
    account: bucket.account,
    region: bucket.region,
    resourceType: 'AWS::S3::Bucket',
    resourceId: bucket.name,
    describe: () => Promise.resolve(bucket.isBeingDeleted ? null : bucketItem(bucket)),
  })),
  recorded(keys, (key) => ({
    account: key.account,
    region: key.region,
    resourceType: 'AWS::KMS::Key',
    resourceId: key.keyId,
    describe: () => Promise.resolve(keyItem(key)),
  })),
  recorded(roles, (role) => ({
    account: role.account,
    region: null,
    resourceType: 'AWS::IAM::Role',
    resourceId: role.id,
    describe: (records) => describeRole(records, role),
  })),
]);

function recorded<T>(
  { name }: Collection<T>,
  resourceOf: (record: T) => RecordedResource,
): readonly [string, (record: unknown) => RecordedResource] {
  // A change names its collection, and with it what its value is.
  return [name, (record) => resourceOf(record as T)];
}
