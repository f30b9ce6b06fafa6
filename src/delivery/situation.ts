/**
 * A setup seen as one delivery: the facts that the plan asks for, what they come from, and which of them are AWS's
 * defaults because the setup is silent. Decides nothing.
 */
import { parseArn } from '../aws/arn.ts';
import type { SetupEntries, Found } from '../setup/entries.ts';
import { partitionOf } from '../setup/entries.ts';
import type { PolicyDocument } from '../policy/document/policy-document.ts';
import type { LoadedSetup } from '../setup/loaded-setup.ts';
import { membershipOf } from '../setup/organization-of.ts';
import type {
  BucketEntry,
  DeliveryChannel,
  Recorder,
  RoleEntry,
  Setup,
  TopicEntry,
} from '../setup/schema.ts';
import { encryptionKeyOf, type EncryptionKey } from './encryption-key.ts';
import { isConfigServiceLinkedRole, type Delivery, type DeliveryKey, type Membership } from './plan.ts';

export interface Situation {
  readonly setup: Setup;
  readonly recorder: Recorder;
  readonly channel: DeliveryChannel;
  readonly delivery: Delivery;
  readonly role: Found<RoleEntry>;
  readonly isServiceLinked: boolean;
  readonly bucket: Found<BucketEntry>;
  /** `null`: there is none, or it was not given. */
  readonly bucketPolicy: PolicyDocument | null;
  readonly encryptionKey: EncryptionKey;
  /** `null`: the channel has no topic. */
  readonly topic: Found<TopicEntry> | null;
  /** The key of the topic; `none` also where the channel has no topic. */
  readonly topicKey: EncryptionKey;
  readonly assumed: readonly string[];
}

/** The delivery of a setup that has a recorder and a channel. */
export function situationOf(
  loaded: LoadedSetup,
  entries: SetupEntries,
  parts: { readonly recorder: Recorder; readonly channel: DeliveryChannel; readonly atMillis: number },
): Situation {
  const { setup } = loaded;
  const { recorder, channel, atMillis } = parts;
  const partition = partitionOf(setup);
  const role = entries.findRole(recorder.roleARN);
  const bucket = entries.findBucket(channel.s3BucketName);
  const bucketRegion = entryOf(bucket)?.region ?? recorder.region;
  const encryptionKey = encryptionKeyOf(entries, channel, bucket, { partition, bucketRegion });
  const topicArn = channel.snsTopicARN ?? null;
  const topic = topicArn === null ? null : entries.findTopic(topicArn);
  const topicKey = topicKeyOf(entries, topicArn, topic);
  const membership = (account: string | undefined): Membership => membershipIn(setup, account);
  const keyOf = (key: EncryptionKey): DeliveryKey | null => {
    if (!('arn' in key)) return null;
    const account = parseArn(key.arn)?.account;
    return {
      arn: key.arn,
      account: account === undefined || account === '' ? null : account,
      organization: membership(account),
    };
  };
  const bucketAccount = entryOf(bucket)?.account;
  const ownership = entryOf(bucket)?.objectOwnership ?? 'BucketOwnerEnforced';
  const delivery: Delivery = {
    partition,
    account: recorder.account,
    region: recorder.region,
    organization: membership(recorder.account),
    roleArn: recorder.roleARN,
    bucket: {
      name: channel.s3BucketName,
      region: bucketRegion,
      account: bucketAccount ?? null,
      organization: membership(bucketAccount),
      areAclsEnabled: ownership !== 'BucketOwnerEnforced',
      isBucketKeyEnabled: entryOf(bucket)?.encryption?.bucketKeyEnabled ?? false,
    },
    prefix: channel.s3KeyPrefix ?? null,
    channelKey: channel.s3KmsKeyArn ?? null,
    key: keyOf(encryptionKey),
    topic:
      topicArn === null
        ? null
        : {
            arn: topicArn,
            region: parseArn(topicArn)?.region ?? recorder.region,
            account: parseArn(topicArn)?.account ?? null,
            organization: membership(parseArn(topicArn)?.account),
            key: keyOf(topicKey),
          },
    atMillis,
    // What stands here in reality is random, or another of many: a policy that pins it is no policy for deliveries.
    configSnapshotId: '00000000-0000-4000-8000-000000000000',
    resourceType: 'AWS::S3::Bucket',
    resourceId: channel.s3BucketName,
  };
  return {
    setup,
    recorder,
    channel,
    delivery,
    role,
    isServiceLinked: isConfigServiceLinkedRole(recorder.roleARN),
    bucket,
    bucketPolicy:
      (bucket.state === 'found' ? loaded.policySources.get(`${bucket.source}.policy`)?.document : null) ??
      null,
    encryptionKey,
    topic,
    topicKey,
    assumed: assumptions(setup, { channel, bucket, role, encryptionKey }),
  };
}

function entryOf<Entry>(found: Found<Entry>): Entry | undefined {
  return found.state === 'found' ? found.entry : undefined;
}

/** The customer managed key of a topic. `alias/aws/sns` is AWS's own. */
function topicKeyOf(
  entries: SetupEntries,
  topicArn: string | null,
  topic: Found<TopicEntry> | null,
): EncryptionKey {
  const id = topic?.state === 'found' ? (topic.entry.kmsMasterKeyId ?? null) : null;
  const place = topicArn === null ? null : parseArn(topicArn);
  if (id === null || place === null) return { kind: 'none' };
  const { partition, region, account } = place;
  const resource = id.startsWith('alias/') ? id : `key/${id}`;
  const arn = id.startsWith('arn:') ? id : `arn:${partition}:kms:${region}:${account}:${resource}`;
  if (parseArn(arn)?.resource === 'alias/aws/sns') return { kind: 'aws-managed', arn };
  const key = entries.findKey(arn, account, region);
  return { kind: 'customer', arn: key.state === 'found' ? key.entry.arn : arn, key };
}

function membershipIn(setup: Setup, account: string | undefined): Membership {
  if (setup.organization === null) return { kind: 'none' };
  if (account === undefined || account === '')
    return { kind: 'unknown', why: 'the account of the resource was not given' };
  const membership = membershipOf(setup, account);
  switch (membership.state) {
    case 'member':
      return { kind: 'member', id: membership.organization.id, path: membership.entry?.path ?? null };
    case 'none':
      return { kind: 'none' };
    case 'not-given':
      return { kind: 'unknown', why: 'the organization was not given' };
    case 'not-listed':
      return { kind: 'unknown', why: `the organization does not list the account ${account}` };
  }
}

/** Defaults of AWS that stand in for what the setup leaves out, where something else could change the verdict. */
function assumptions(
  setup: Setup,
  parts: Pick<Situation, 'channel' | 'bucket' | 'role' | 'encryptionKey'>,
): readonly string[] {
  const { channel, encryptionKey } = parts;
  const assumed: string[] = [];
  if (setup.organization === undefined && setup.complete !== true) assumed.push('no organization policies');
  const role = entryOf(parts.role);
  if (role !== undefined && role.permissionsBoundary === undefined)
    assumed.push('no permissions boundary on the role');
  if (role?.policies !== undefined && role.managedPolicies === undefined)
    assumed.push('no managed policies are attached to the role');
  const bucket = entryOf(parts.bucket);
  if (bucket !== undefined) {
    if (bucket.encryption === undefined && (channel.s3KmsKeyArn ?? null) === null)
      assumed.push('the bucket encrypts with SSE-S3, so no KMS key is asked');
    if (bucket.encryption === undefined && (channel.s3KmsKeyArn ?? null) !== null)
      assumed.push('the bucket uses no S3 Bucket Key, so the encryption context names the object');
    if (bucket.region === undefined) assumed.push("the bucket is in the recorder's Region");
    if (bucket.objectOwnership === undefined)
      assumed.push("the bucket's object ownership is BucketOwnerEnforced, so ACLs don't count");
    if (bucket.objectLock === undefined) assumed.push('the bucket has no default retention of object lock');
  }
  const key = 'key' in encryptionKey ? entryOf(encryptionKey.key) : undefined;
  if (key !== undefined && key.keyState === undefined) assumed.push('the key is enabled');
  return assumed;
}
