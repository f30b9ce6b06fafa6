/** What the delivery worker keeps, and the doors through which it goes: the same as any client's. */
import { collection, type Change, type Records } from '../../services/records.ts';
import type { Identity } from '../plan.ts';

/** The recorder's account and Region, in whose name AWS Config acts. */
export interface Source {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** A channel with the role of its recorder. */
export interface ChannelFacts extends Source {
  readonly roleArn: string;
  readonly s3BucketName: string;
  readonly s3KeyPrefix: string | null;
  readonly s3KmsKeyArn: string | null;
}

/** A delivery, from its order to its end. Stored under `deliveryKey`. */
export interface DeliveryRecord extends ChannelFacts {
  readonly kind: 'snapshot' | 'history' | 'oversized';
  /** What stands in a history file and in its key; `null` for others. */
  readonly history: {
    readonly resourceType: string;
    readonly newestMillis: number;
    readonly part: number;
  } | null;
  /** What the topic is told of an item's file; `null` for others. */
  readonly oversized: {
    readonly subject: string;
    readonly summary: Readonly<Record<string, unknown>>;
  } | null;
  readonly configSnapshotId: string;
  /** Stands in the object's key, so that every try writes the same object. */
  readonly orderedAtMillis: number;
  /** `ordered`: the content is not made yet; `made`: it is kept and written as it is, however often. */
  readonly state: 'ordered' | 'made' | 'delivered' | 'refused';
  /** Where a long content is kept between making and writing; `null`: in `deliveryBodies`. */
  readonly spooled: { readonly name: string; readonly contentBytes: number } | null;
  /** Who is at it, and until when others keep off. The record's revision is the fencing token. */
  readonly lease: { readonly owner: string; readonly untilMillis: number } | null;
  readonly objectKey: string;
  readonly deliveredAs: Identity | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

export const deliveries = collection<DeliveryRecord>('config.deliveries', {
  due: (delivery) => (delivery.state === 'ordered' || delivery.state === 'made' ? ['due'] : []),
  // A snapshot that was refused is over: the next one holds everything again.
  retried: ({ state, kind, account, region }) =>
    state === 'refused' && kind === 'history' ? [`${account}/${region}`] : [],
  spooled: ({ spooled }) => (spooled === null ? [] : [spooled.name]),
});

/** The bytes of a delivery between making and writing: made once. Those of a refused history file wait for its retry. */
export const deliveryBodies = collection<Record<string, never>>('config.delivery-bodies');

export function deliveryKey(of: Pick<DeliveryRecord, 'account' | 'region' | 'configSnapshotId'>): string {
  return `${of.account}/${of.region}/${of.configSnapshotId}`;
}

/** What a request was answered. A door throws where nobody can say whether the request took effect. */
export type Answer =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'refused'; readonly status: number; readonly code: string; readonly message: string };

/** Bytes that are read as often as they are sent. */
export interface Content {
  readonly contentBytes: number;
  read(): AsyncIterable<Uint8Array>;
}

export interface ObjectToPut {
  readonly bucket: string;
  readonly key: string;
  readonly content: Content;
  /** `null`: neither header is sent, and the bucket's default encryption decides. */
  readonly s3KmsKeyArn: string | null;
  /** `null` for the empty check file. */
  readonly encoding: { readonly contentType: string; readonly contentEncoding: string } | null;
}

export interface MessageToPublish {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
}

/** S3 and SNS as one identity sees them. */
export interface BucketDoors {
  headBucket(bucket: string): Promise<Answer>;
  getBucketAcl(bucket: string): Promise<Answer>;
  putObject(object: ObjectToPut): Promise<Answer>;
  publish(message: MessageToPublish): Promise<Answer>;
}

export interface Doors {
  /** AssumeRole as `config.amazonaws.com`, for this account and Region; S3 as the session, or the refusal. */
  assumeRole(source: Source, roleArn: string, sessionName: string): Promise<BucketDoors | Answer>;
  /** S3 as `config.amazonaws.com` itself. */
  asServicePrincipal(source: Source): BucketDoors;
}

export interface NotificationEnd {
  /** `null`: the topic has the message. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** Where long contents wait: the blobs of the server. */
export interface Spool {
  /** When it resolves, the bytes survive a crash; when it throws, nothing is left behind. */
  write(name: string, stream: AsyncIterable<Uint8Array>): Promise<number>;
  read(name: string): AsyncIterable<Uint8Array>;
  /** Deletes it if it is there. */
  delete(name: string): Promise<void>;
  names(): AsyncIterable<string>;
}

export interface WorkerPorts {
  readonly records: Records;
  readonly doors: Doors;
  /** The JSON text of a snapshot, piece by piece, as everything was when it was ordered. */
  snapshotText(delivery: DeliveryRecord): AsyncIterable<string>;
  readonly spool: Spool;
  /** The topic of the delivery's channel as it is now; `null`: it has none. */
  topicArn(delivery: DeliveryRecord): Promise<string | null>;
  /**
   * The changes that show a delivery's end in the channel's status; asked again after a conflict.
   *
   * @param notification how the topic was told; `null`: it was not
   */
  statusChanges(
    ended: DeliveryRecord,
    nowMillis: number,
    notification: NotificationEnd | null,
  ): Promise<readonly Change[]>;
  nowMillis(): number;
  newUuid(): string;
  /** Of this worker, never of another. */
  readonly owner: string;
  /** Told of what kept a delivery from ending; it is tried again later. */
  onFault(error: unknown, delivery: DeliveryRecord): void;
}
