/** Which records of which services are resources that AWS Config records, and how each is told. */
import { parseAccountId, type AccountId } from '../aws/account-id.ts';
import { parseArn } from '../aws/arn.ts';
import { recorders, type InventoryItem } from '../services/config/ports.ts';
import { recorderResource, recorderType } from '../services/config/recorder-resource.ts';
import { describeGroup } from '../services/iam/describe-group.ts';
import { describePolicy } from '../services/iam/describe-policy.ts';
import { describeRole } from '../services/iam/describe-role.ts';
import { describeUser } from '../services/iam/describe-user.ts';
import { parseIamArn } from '../services/iam/iam-arn.ts';
import { groups, nameKey, policies, roles, users, type EntityRecord } from '../services/iam/ports.ts';
import { describeAlias } from '../services/kms/alias-inventory.ts';
import { keyItem } from '../services/kms/inventory.ts';
import { aliases, keys } from '../services/kms/ports.ts';
import type { Collection, Records } from '../services/records.ts';
import { bucketItem } from '../services/s3/inventory.ts';
import { buckets } from '../services/s3/ports.ts';
import { topicItem } from '../services/sns/inventory.ts';
import { topics } from '../services/sns/ports.ts';

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

/** Where a record stands. */
export interface RecordPlace {
  readonly collection: Collection<never>;
  readonly key: string;
}

export interface RecordedCollection {
  /** `null`: no resource of a customer's. */
  resourceOf(record: unknown): RecordedResource | null;
  /** Records whose resources say something of this one: how often it is attached, who is in it. */
  relatedTo(record: unknown): readonly RecordPlace[];
}

/** By the name of the collection: its records as resources. */
export const recordedCollections: ReadonlyMap<string, RecordedCollection> = new Map([
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
  recorded(aliases, (alias) => {
    const { account = '', region = '' } = parseArn(alias.arn) ?? {};
    const owner = parseAccountId(account);
    if (owner === null) return null;
    return {
      account: owner,
      region,
      resourceType: 'AWS::KMS::Alias',
      resourceId: alias.name,
      describe: (records) => describeAlias(records, alias),
    };
  }),
  recorded(topics, (topic) => ({
    account: topic.account,
    region: topic.region,
    resourceType: 'AWS::SNS::Topic',
    resourceId: topic.arn,
    describe: () => Promise.resolve(topicItem(topic)),
  })),
  recorded(
    users,
    (user) => ({
      account: user.account,
      region: null,
      resourceType: 'AWS::IAM::User',
      resourceId: user.id,
      describe: (records) => describeUser(records, user),
    }),
    (user) => policiesOf(user, user.permissionsBoundary),
  ),
  recorded(
    groups,
    (group) => ({
      account: group.account,
      region: null,
      resourceType: 'AWS::IAM::Group',
      resourceId: group.id,
      describe: (records) => describeGroup(records, group),
    }),
    (group) => [
      ...policiesOf(group, null),
      ...group.members.map((name) => placeOf(users, nameKey(group.account, name))),
    ],
  ),
  recorded(
    roles,
    (role) => ({
      account: role.account,
      region: null,
      resourceType: 'AWS::IAM::Role',
      resourceId: role.id,
      describe: (records) => describeRole(records, role),
    }),
    (role) => policiesOf(role, role.permissionsBoundary),
  ),
  recorded(policies, (policy) => {
    const { account } = policy;
    if (account === 'aws') return null;
    return {
      account,
      region: null,
      resourceType: 'AWS::IAM::Policy',
      resourceId: policy.id,
      describe: (records) => describePolicy(records, policy),
    };
  }),
  recorded(recorders, (recorder) => ({
    account: recorder.account,
    region: recorder.region,
    resourceType: recorderType,
    resourceId: recorder.name,
    describe: () => Promise.resolve(recorderResource(recorder)),
  })),
]);

/** The customer managed policies that it carries: their records. spec: CFG-RECORD-6 */
function policiesOf(entity: EntityRecord, boundary: string | null): readonly RecordPlace[] {
  return [...entity.attachedPolicies, ...(boundary === null ? [] : [boundary])].flatMap((arn) => {
    const policy = parseIamArn(arn);
    return policy === null || policy.account === 'aws'
      ? []
      : [placeOf(policies, nameKey(policy.account, policy.name))];
  });
}

function placeOf<T>(of: Collection<T>, key: string): RecordPlace {
  return { collection: of, key };
}

function recorded<T>(
  { name }: Collection<T>,
  resourceOf: (record: T) => RecordedResource | null,
  relatedTo: (record: T) => readonly RecordPlace[] = () => [],
): readonly [string, RecordedCollection] {
  // A change names its collection, and with it what its value is.
  return [
    name,
    {
      resourceOf: (record) => resourceOf(record as T),
      relatedTo: (record) => relatedTo(record as T),
    },
  ];
}
