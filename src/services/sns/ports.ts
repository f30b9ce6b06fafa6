/** What SNS keeps and what it needs from outside. */
import type { AccountId } from '../../aws/account-id.ts';
import type { Principal } from '../../policy/principal.ts';
import type { Caller } from '../operation.ts';
import { collection, type Records } from '../records.ts';

/** A topic as it is stored, under its ARN. */
export interface TopicRecord {
  readonly arn: string;
  readonly name: string;
  readonly account: AccountId;
  readonly region: string;
  readonly partition: string;
  /** `null`: only a laid-out setup has a topic without a policy. */
  readonly policy: string | null;
  /** As it was given: a key ID, an alias, or the ARN of either. */
  readonly kmsMasterKeyId: string | null;
  /** The other attributes that were set, by AWS's names. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Under its ARN, which begins with the topic's. */
export interface SubscriptionRecord {
  readonly arn: string;
  readonly topicArn: string;
  readonly owner: AccountId;
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
  /** What confirms it. */
  readonly token: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export const topics = collection<TopicRecord>('sns.topics');
export const subscriptions = collection<SubscriptionRecord>('sns.subscriptions', {
  token: (subscription) => [subscription.token],
});

/** A message that was published: what a test wants to read. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly publishedAtMillis: number;
  readonly publisher: Principal;
  readonly subject: string | null;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SnsPorts {
  readonly records: Records;
  /** Where published messages can be read. Bounded; never at rest. */
  readonly messages: { add(message: PublishedMessage): void };
  /** KMS as the publisher, through SNS. */
  readonly topicKeys: {
    /**
     * Makes a data key under this key and opens it, both with the topic as encryption context.
     *
     * @throws {AwsError} KMS's refusal
     */
    use(
      caller: Caller,
      of: { readonly keyId: string; readonly topicArn: string; readonly region: string },
    ): Promise<void>;
  };
  readonly principals: {
    /** Whether a principal with this ARN exists now; SNS stores no policy that names a missing one. */
    exists(arn: string): Promise<boolean>;
  };
}
