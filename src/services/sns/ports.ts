/** What SNS keeps and what it needs from outside. */
import type { AccountId } from '../../aws/account-id.ts';
import type { Principal } from '../../policy/principal.ts';
import type { Caller } from '../operation.ts';
import { collection, type Records } from '../records.ts';
import type { Sealing } from '../sealing.ts';

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
  /** What confirms it, for two days. */
  readonly token: string;
  readonly madeAtMillis: number;
  /** Whether a signed request confirmed it. */
  readonly wasConfirmationSigned: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

export const topics = collection<TopicRecord>('sns.topics');
export const subscriptions = collection<SubscriptionRecord>('sns.subscriptions', {
  token: (subscription) => [subscription.token],
});

export type MessageType = 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';

/** What is still to be sent to an endpoint. Under `outgoingKey`: the first of the list falls due first. */
export interface OutgoingRecord {
  readonly id: string;
  readonly type: MessageType;
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly endpoint: string;
  readonly isRaw: boolean;
  readonly contentType: string;
  /** The body without its signature, sealed: no message is at rest in the clear. */
  readonly sealed: string;
  /** Seconds to wait before each retry that is left. */
  readonly retryDelaysSeconds: readonly number[];
  readonly attemptsCount: number;
  readonly dueAtMillis: number;
  /** Who is at it, and until when others keep off. The record's revision is the fencing token. */
  readonly lease: { readonly owner: string; readonly untilMillis: number } | null;
}
export const outgoing = collection<OutgoingRecord>('sns.outgoing');

export function outgoingKey({ dueAtMillis, id }: Pick<OutgoingRecord, 'dueAtMillis' | 'id'>): string {
  return `${String(dueAtMillis).padStart(16, '0')}/${id}`;
}

/** The pair that signs messages; there is one, under `current`. */
export interface SigningKeyRecord {
  /** PEM. */
  readonly certificate: string;
  /** PKCS #8 in PEM, sealed. */
  readonly privateKey: string;
}
export const signingKeys = collection<SigningKeyRecord>('sns.signing-keys');

/** A message that was published or sent: what a test wants to read. */
export interface PublishedMessage {
  readonly type: MessageType;
  readonly messageId: string;
  readonly topicArn: string;
  readonly publishedAtMillis: number;
  readonly publisher: Principal;
  readonly subject: string | null;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly deliveries: readonly MessageDelivery[];
}

/** How a message got on at one subscription. */
export interface MessageDelivery {
  readonly subscriptionArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** `filtered`: the filter policy let it not pass; `not-sent`: this server sends nothing by the protocol. */
  readonly state: 'waiting' | 'delivered' | 'given-up' | 'filtered' | 'not-sent';
  readonly attemptsCount: number;
  /** What the endpoint answered last, a status or why there was none; `null`: nothing was sent yet. */
  readonly lastAnswer: string | null;
}

export interface SnsPorts {
  readonly records: Records;
  /** Where published messages can be read. Bounded; never at rest. */
  readonly messages: {
    add(message: PublishedMessage): void;
    /** What became of a message at a subscription; nothing if the message is no longer kept. */
    note(messageId: string, delivery: MessageDelivery): void;
  };
  readonly endpoints: {
    /** The address of this server, to which the links in messages lead. */
    ownUrl(): string;
    /** Told after a commit that puts something in `outgoing`. */
    wake(): void;
  };
  /** For what stands in `outgoing` and for the key that signs. */
  readonly sealing: Sealing;
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
