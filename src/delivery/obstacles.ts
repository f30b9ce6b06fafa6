/**
 * What keeps a step from succeeding whatever the policies say: one entry each. Its code is the step's reason and the
 * finding's code.
 */
import { parseArn } from '../aws/arn.ts';
import { isPublicDocument } from '../policy/public-policy.ts';
import type { Outcome } from '../policy/decision.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { DeliveryStep, Identity } from './plan.ts';
import type { Situation } from './situation.ts';

export interface Obstacle {
  /** A noun for the fault, one clause: what documentation prints. */
  readonly title: string;
  readonly outcome: Extract<Outcome, 'denied' | 'unknown'>;
  /**
   * Which decisions of the policies it replaces: only an allow; an allow or an unknown (a refusal by policy is told
   * first, as AWS authorises before it looks at the thing); or any, where the policies were asked in vain.
   */
  readonly counts: 'over-allow' | 'unless-denied' | 'always';
  readonly spec: string;
  /** The sentence for a person if the step meets the obstacle, else `null`. */
  meets(situation: Situation, step: DeliveryStep, identity: Identity): string | null;
  /** What to do about it. */
  next(situation: Situation): string;
}

export const obstacles = {
  // spec: DLV-ENC-4
  'key-in-another-region': {
    title: 'the KMS key is in another Region than what it is to encrypt',
    outcome: 'denied',
    counts: 'unless-denied',
    spec: 'DLV-ENC-4',
    meets: ({ delivery, encryptionKey, topicKey }, { target }) => {
      if (target === 'key') return inAnotherRegion(encryptionKey, delivery.bucket.region, 'the bucket');
      return target === 'topic-key'
        ? inAnotherRegion(topicKey, delivery.topic?.region ?? '', 'the topic')
        : null;
    },
    next: ({ delivery }) => `name a key of the Region ${delivery.bucket.region}`,
  },
  // spec: DLV-ENC-5
  'key-not-enabled': {
    title: 'the KMS key is not enabled',
    outcome: 'denied',
    counts: 'unless-denied',
    spec: 'DLV-ENC-5',
    meets: ({ encryptionKey, topicKey }, { target }) => {
      const key = target === 'key' ? encryptionKey : target === 'topic-key' ? topicKey : null;
      const state = key === null ? 'Enabled' : keyStateOf(key);
      return state === 'Enabled' ? null : `the key's state is ${state}, so KMS refuses everybody its use`;
    },
    next: () =>
      'enable the key (`aws kms enable-key`, or `cancel-key-deletion` before it), or name another one',
  },
  // spec: DLV-ENC-2
  'aws-managed-key': {
    title: 'the key is an AWS managed key, whose policy nobody can change',
    outcome: 'denied',
    counts: 'always',
    spec: 'DLV-ENC-2',
    meets: (situation, { target }, identity) => {
      const key =
        target === 'key' ? situation.encryptionKey : target === 'topic-key' ? situation.topicKey : null;
      if (key?.kind !== 'aws-managed') return null;
      const alias = parseArn(key.arn);
      const name = alias?.resource ?? 'the AWS managed key';
      if (identity === 'service-principal')
        return `${name} is an AWS managed key: its policy admits only IAM principals of its own account, never the service principal`;
      const isOther = alias?.account !== '' && alias?.account !== accountOfRole(situation);
      return isOther
        ? `${name} is an AWS managed key of the account ${alias?.account ?? ''}: its policy admits no role of another account`
        : null;
    },
    next: () => 'encrypt with a customer managed key, whose policy you can write',
  },
  // spec: DLV-ENC-2
  'account-of-aws-managed-key-not-given': {
    title: 'the AWS managed key is that of an account that was not given',
    outcome: 'unknown',
    counts: 'always',
    spec: 'DLV-ENC-2',
    meets: ({ encryptionKey }, { target }, identity) =>
      target === 'key' &&
      identity === 'role' &&
      encryptionKey.kind === 'aws-managed' &&
      parseArn(encryptionKey.arn)?.account === ''
        ? "the bucket's AWS managed key admits roles of the bucket's account, which was not given"
        : null,
    next: () => "give the bucket's `account`",
  },
  // spec: DLV-ENC-3
  'key-of-the-writer': {
    title: 'the bucket names its key by ID or alias, which S3 looks up in the account of whoever writes',
    outcome: 'denied',
    counts: 'always',
    spec: 'DLV-ENC-3',
    meets: ({ encryptionKey, delivery, ...situation }, { target }, identity) => {
      if (target !== 'key' || encryptionKey.kind !== 'in-writers-account' || identity !== 'role') return null;
      const role = accountOfRole(situation);
      return delivery.bucket.account === null || delivery.bucket.account === role
        ? null
        : `the bucket names its key as \`${encryptionKey.written}\`, which S3 looks up in the writer's account ${role}, not in the bucket's`;
    },
    next: () => "write the key's full ARN in the bucket's default encryption",
  },
  // spec: DLV-ENC-3
  'key-of-the-service': {
    title: 'in which account S3 looks up a key ID or alias for a service principal is not documented',
    outcome: 'unknown',
    counts: 'always',
    spec: 'DLV-ENC-3',
    meets: ({ encryptionKey }, { target }, identity) =>
      target === 'key' && encryptionKey.kind === 'in-writers-account' && identity === 'service-principal'
        ? `the bucket names its key as \`${encryptionKey.written}\`, and in which account S3 looks that up for the service principal is not documented`
        : null,
    next: () => "write the key's full ARN in the bucket's default encryption",
  },
  // spec: DLV-ENC-6
  'channel-key-not-an-arn': {
    title: "the channel's s3KmsKeyArn is neither the ARN of a key nor of an alias",
    outcome: 'denied',
    counts: 'always',
    spec: 'DLV-ENC-6',
    meets: ({ encryptionKey }, { target }) =>
      target === 'key' && encryptionKey.kind === 'not-an-arn'
        ? `\`${encryptionKey.arn}\` is neither a key ARN nor an alias ARN, so PutDeliveryChannel refuses it`
        : null,
    next: () => "write the key's ARN as the channel's s3KmsKeyArn",
  },
  // spec: DLV-PUBLIC-1
  'public-bucket-restricted': {
    title: 'the bucket policy is public, and the bucket restricts such a policy to its own account',
    outcome: 'denied',
    counts: 'unless-denied',
    spec: 'DLV-PUBLIC-1',
    // The decision itself says no already: compile-setup.ts. Here stands what to do about it.
    meets: ({ bucket, bucketPolicy, ...situation }, { target }, identity) => {
      const isAboutBucket = target === 'bucket' || target === 'object';
      if (!isAboutBucket || identity !== 'role' || bucket.state !== 'found') return null;
      const { account, publicAccessBlock } = bucket.entry;
      const isRestricted = publicAccessBlock?.restrictPublicBuckets === true;
      if (!isRestricted || bucketPolicy === null || account === undefined) return null;
      if (account === accountOfRole(situation)) return null;
      return isPublicDocument(bucketPolicy)
        ? 'the bucket policy lets in everybody, and the bucket has RestrictPublicBuckets, so that only its own account and AWS services pass'
        : null;
    },
    next: () =>
      'name principals in every Allow statement of the bucket policy, or fixed values of aws:PrincipalOrgID or aws:SourceAccount',
  },
  // spec: DLV-LOCK-1
  'bucket-has-default-retention': {
    title: 'the bucket has a default retention of object lock',
    outcome: 'denied',
    counts: 'unless-denied',
    spec: 'DLV-LOCK-1',
    meets: ({ bucket }, { action }) =>
      action === 's3:PutObject' &&
      bucket.state === 'found' &&
      bucket.entry.objectLock?.defaultRetention === true
        ? 'the bucket has a default retention of object lock, and AWS Config does not deliver to such a bucket'
        : null,
    next: () => "remove the bucket's default retention, or deliver to another bucket",
  },
  // spec: DLV-TOPIC-1
  'topic-in-another-region': {
    title: 'the topic is in another Region than the delivery channel',
    outcome: 'denied',
    counts: 'unless-denied',
    spec: 'DLV-TOPIC-1',
    meets: ({ delivery }, { target }) =>
      target === 'topic' && delivery.topic !== null && delivery.topic.region !== delivery.region
        ? `the topic is in ${delivery.topic.region}, but AWS Config publishes only in the channel's own Region ${delivery.region}`
        : null,
    next: ({ delivery }) => `name a topic of the Region ${delivery.region}`,
  },
  // spec: DLV-SLR-2
  'service-linked-role-named': {
    title: 'a policy names the service-linked role, which AWS Config is not documented to write as',
    outcome: 'unknown',
    counts: 'over-allow',
    spec: 'DLV-SLR-2',
    // Only asked where the policies allow: see judge.ts.
    meets: ({ isServiceLinked }, { target, action }, identity) =>
      isServiceLinked && identity === 'role' && (target === 'object' || target === 'key')
        ? `a policy lets the service-linked role use ${action}, but AWS documents that AWS Config writes as its service principal where it has this role`
        : null,
    next: () => 'allow `config.amazonaws.com` with a condition on aws:SourceAccount instead',
  },
} as const satisfies Record<string, Obstacle>;

export type ObstacleCode = keyof typeof obstacles;

/** `arn:...:iam::ACCOUNT:role/...` */
function accountOfRole({ recorder }: Pick<Situation, 'recorder'>): string {
  return parseArn(recorder.roleARN)?.account ?? '';
}

function inAnotherRegion(key: EncryptionKey, region: string, what: string): string | null {
  if (!('arn' in key)) return null;
  const keyRegion = parseArn(key.arn)?.region;
  return keyRegion === undefined || keyRegion === region
    ? null
    : `the key is in ${keyRegion} and ${what} in ${region}, but a key encrypts only in its own Region`;
}

function keyStateOf(key: EncryptionKey): string {
  return 'key' in key && key.key.state === 'found' ? (key.key.entry.keyState ?? 'Enabled') : 'Enabled';
}
