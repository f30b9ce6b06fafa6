/** What AWS Config keeps and what it needs from outside. */
import type { AccountId } from '../../aws/account-id.ts';
import { collection, type Change, type QueryableRecords } from '../records.ts';

/** Account and Region: everything of AWS Config belongs to one pair. */
export interface Place {
  readonly account: AccountId;
  readonly region: string;
}

/** The customer managed recorder of a place; there is at most one. Stored under `placeKey`. */
export interface RecorderRecord extends Place {
  readonly name: string;
  readonly arn: string;
  readonly roleARN: string;
  readonly recordingGroup: RecordingGroupRecord;
  readonly recordingMode: RecordingModeRecord;
  readonly tags: Readonly<Record<string, string>>;
  readonly isRecording: boolean;
  readonly lastStartAtMillis: number | null;
  readonly lastStopAtMillis: number | null;
  readonly lastStatus: 'PENDING' | 'SUCCESS' | 'FAILURE' | null;
  /** Why it fails; `null` or absent: it does not. */
  readonly lastError?: { readonly code: string; readonly message: string } | null;
  readonly lastStatusChangeAtMillis: number | null;
}

export interface RecordingGroupRecord {
  readonly allSupported: boolean;
  readonly includeGlobalResourceTypes: boolean;
  readonly resourceTypes: readonly string[];
  readonly exclusionByResourceTypes: readonly string[];
  readonly recordingStrategy: RecordingStrategyName;
}

export type RecordingStrategyName =
  'ALL_SUPPORTED_RESOURCE_TYPES' | 'INCLUSION_BY_RESOURCE_TYPES' | 'EXCLUSION_BY_RESOURCE_TYPES';

export interface RecordingModeRecord {
  readonly recordingFrequency: 'CONTINUOUS' | 'DAILY';
  readonly recordingModeOverrides: readonly {
    readonly description?: string;
    readonly resourceTypes: readonly string[];
    readonly recordingFrequency: 'CONTINUOUS' | 'DAILY';
  }[];
}

/** The delivery channel of a place; there is at most one. Stored under `placeKey`. */
export interface ChannelRecord extends Place {
  readonly name: string;
  readonly s3BucketName: string;
  readonly s3KeyPrefix: string | null;
  readonly s3KmsKeyArn: string | null;
  readonly snsTopicARN: string | null;
  readonly deliveryFrequency: string | null;
}

/** How deliveries of a channel went. Stored under `placeKey`; none before the first delivery. */
export interface ChannelStatusRecord {
  readonly snapshot: ExportStatus | null;
  readonly history: ExportStatus | null;
  readonly stream: StreamStatus | null;
}

export interface ExportStatus {
  readonly lastStatus: 'SUCCESS' | 'FAILURE';
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
  readonly lastAttemptAtMillis: number;
  /** Kept through failures. */
  readonly lastSuccessAtMillis: number | null;
}

export interface StreamStatus {
  readonly lastStatus: 'SUCCESS' | 'FAILURE';
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
  readonly lastStatusChangeAtMillis: number;
}

export type ConfigurationItemStatus =
  'OK' | 'ResourceDiscovered' | 'ResourceNotRecorded' | 'ResourceDeleted' | 'ResourceDeletedNotRecorded';

/** One configuration item: what a resource was at one moment. `null`: the member does not apply. */
export interface ItemRecord {
  readonly account: AccountId;
  /** The recorder's Region; the item's own is `awsRegion` (`global` for IAM). */
  readonly region: string;
  readonly awsRegion: string;
  readonly capturedAtMillis: number;
  readonly status: ConfigurationItemStatus;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string | null;
  readonly arn: string | null;
  readonly availabilityZone: string | null;
  readonly resourceCreatedAtMillis: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly relationships: readonly RelationshipRecord[];
  /** `null`: deleted or not recorded. */
  readonly configuration: unknown;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
  /** Absent: recorded as it changed. */
  readonly recordingFrequency?: 'DAILY';
}

/** Whether the resource is there and recorded, as its newest item has it. */
export function isCurrent({ status }: ItemRecord): boolean {
  return status === 'OK' || status === 'ResourceDiscovered';
}

export interface RelationshipRecord {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string | null;
  readonly name: string;
}

/** A recorded resource as its newest item has it; deleted ones stay. Stored under `resourceKey`. */
export interface ResourceRecord extends Place {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly isDeleted: boolean;
  /** Its newest item. */
  readonly item: ItemRecord;
}

export const recorders = collection<RecorderRecord>('config.recorders');
export const channels = collection<ChannelRecord>('config.channels');
export const channelStatuses = collection<ChannelStatusRecord>('config.channel-statuses');
/** Under `itemKey`: the items of a resource stand together, oldest first. */
export const items = collection<ItemRecord>('config.items');
export const resources = collection<ResourceRecord>(
  'config.resources',
  {
    /** Those that are there and recorded, under the beginning of their key: place and type. */
    byCurrentType: ({ item, resourceType }) => (isCurrent(item) ? [`${placeKey(item)}/${resourceType}`] : []),
    byId: ({ item, resourceId }) => (isCurrent(item) ? [`${placeKey(item)}\u0001${resourceId}`] : []),
  },
  ['byCurrentType'],
);
/** Items that stand in no history file yet, under their `itemKey`. */
export const historyQueue = collection<Record<string, never>>('config.history-queue');
/** Items that the channel's topic is still to be told of, under their `noticeKey`: in the order of their capture. */
export const changeNotices = collection<ChangeNoticeRecord>('config.change-notices');

export interface ChangeNoticeRecord extends Place {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly capturedAtMillis: number;
  /** When the item before it was captured; `null`: it is the first, or the resource was gone. */
  readonly previousMillis: number | null;
  /** Who is at it, and until when others keep off. The record's revision is the fencing token. */
  readonly lease: { readonly owner: string; readonly untilMillis: number } | null;
}

/**
 * Touched whenever a recorder of an account begins, ends or changes what it records: a change to a resource is
 * committed only if the recorders are still those that it was recorded for. Under the account ID.
 */
export const recordingMarks = collection<Record<string, never>>('config.recording-marks');

/**
 * Items that were the newest of their resource until a newer one came: what their retention period ends for. Under
 * `outdatedKey`, so that the first of a place is the first whose period ends.
 */
export const outdatedItems = collection<{ readonly itemKey: string }>('config.outdated-items');

/** How long items of a place are kept. Stored under `placeKey`; without one AWS's default counts. */
export interface RetentionRecord extends Place {
  readonly retentionPeriodInDays: number;
}
export const retentions = collection<RetentionRecord>('config.retentions');

/** What falls due next in a place. Stored under `placeKey`; each time that is set has its timer. */
export interface ScheduleRecord extends Place {
  /** A recorder began: what is there already is to be recorded. */
  readonly inventoryAtMillis: number | null;
  readonly historyAtMillis: number | null;
  readonly snapshotAtMillis: number | null;
  /** What is recorded daily is to be looked at. */
  readonly dailyAtMillis: number | null;
  /** Something will be gone by itself: a key whose deletion is pending. */
  readonly endsAtMillis: number | null;
  /** Items may be older than they are kept. */
  readonly purgeAtMillis: number | null;
}
export const schedules = collection<ScheduleRecord>('config.schedules');

/** Under `timerKey`: the first of the list is the first that falls due, whoever's it is. */
export interface TimerRecord extends Place {
  readonly dueAtMillis: number;
}
export const timers = collection<TimerRecord>('config.timers');

export function timerKey(place: Place, dueAtMillis: number): string {
  return `${String(dueAtMillis).padStart(16, '0')}/${placeKey(place)}`;
}

export function placeKey({ account, region }: Place): string {
  return `${account}/${region}`;
}

/** Resource types and IDs may hold slashes: an unprintable character keeps them apart. */
export function resourceKey(place: Place, resourceType: string, resourceId: string): string {
  return `${placeKey(place)}/${resourceType}\u0001${resourceId}`;
}

export function itemKey(
  place: Place,
  resourceType: string,
  resourceId: string,
  capturedAtMillis: number,
): string {
  const stamp = String(capturedAtMillis).padStart(16, '0');
  return `${itemsPrefix(place, resourceType, resourceId)}${stamp}`;
}

/** What the keys of all items of a resource begin with. */
export function itemsPrefix(place: Place, resourceType: string, resourceId: string): string {
  return `${resourceKey(place, resourceType, resourceId)}\u0001`;
}

/** Notices of a place stand behind each other, the oldest first. */
export function noticeKey(
  of: Pick<ChangeNoticeRecord, 'account' | 'region' | 'resourceType' | 'resourceId' | 'capturedAtMillis'>,
): string {
  const stamp = String(of.capturedAtMillis).padStart(16, '0');
  return `${placeKey(of)}/${stamp}/${of.resourceType}\u0001${of.resourceId}`;
}

/** A resource of the server as its service shows it to AWS Config. */
export interface InventoryItem {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string | null;
  readonly arn: string | null;
  readonly awsRegion: string;
  readonly availabilityZone: string;
  readonly resourceCreationTimeMillis: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly relationships?: readonly RelationshipRecord[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
  /** When it will be gone by itself; `null` or absent: never. */
  readonly endsAtMillis?: number | null;
}

/** A delivery channel with its recorder, as the checks of PutDeliveryChannel need them. */
export interface ChannelToVerify extends Place {
  readonly partition: string;
  readonly roleArn: string;
  readonly s3BucketName: string;
  readonly s3KeyPrefix: string | null;
  readonly s3KmsKeyArn: string | null;
}

/** How the checks ended. Where both identities are refused, `fault` is the service principal's first. */
export type ChannelVerification =
  | { readonly outcome: 'verified'; readonly deliversAs: 'role' | 'service-principal' }
  | {
      readonly outcome: 'refused';
      readonly fault: 'role-not-assumable' | 'bucket-missing' | 'acl-not-readable' | 'not-writable';
    };

/** What a snapshot is to be delivered of, and to where. */
export interface SnapshotOrder extends ChannelToVerify {
  readonly configSnapshotId: string;
  readonly orderedAtMillis: number;
}

/** A history file: its content is made already, so that what is in it can leave the queue in the same commit. */
export interface HistoryOrder extends SnapshotOrder {
  readonly resourceType: string;
  /** When the newest item of the file was captured. */
  readonly newestMillis: number;
  /** Counts the files of one window and type from 1. */
  readonly part: number;
  readonly text: string;
}

/** The file of an item that is too large for a message, and what the topic is told of it afterwards. */
export interface OversizedOrder extends SnapshotOrder {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly capturedAtMillis: number;
  readonly subject: string;
  readonly summary: Readonly<Record<string, unknown>>;
  /** What the message would have been. */
  readonly text: string;
}

export interface TopicMessage {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
}

export interface ConfigPorts {
  readonly records: QueryableRecords;
  /** What the server itself holds in this account and Region: buckets, keys, roles. */
  readonly inventory: {
    of(
      place: Place & { readonly partition: string; readonly nowMillis: number },
    ): Promise<readonly InventoryItem[]>;
  };
  readonly deliveries: {
    /** Makes the channel-setup requests of AWS Config, and writes the check file. Stores nothing. */
    verifyChannel(channel: ChannelToVerify): Promise<ChannelVerification>;
    /** The changes that order a snapshot: commit them together with what caused it. */
    snapshotOrder(order: SnapshotOrder): readonly Change[];
    /** The changes that order a history file and say under which key it stands; committed like a snapshot's. */
    historyOrder(order: HistoryOrder): Promise<readonly Change[]>;
    /** The changes that make refused history files of a place due again, with the channel as it is now. */
    retryOrder(channel: ChannelToVerify): Promise<readonly Change[]>;
    /** The changes that order the file of an item and then the message about it; committed like a snapshot's. */
    oversizedOrder(order: OversizedOrder): Promise<readonly Change[]>;
    /**
     * Publishes as the recorder's role, then as the service principal; `refusal: null`: the topic has the message.
     *
     * @throws nobody can say whether it has
     */
    notify(
      channel: ChannelToVerify,
      message: TopicMessage,
    ): Promise<{ readonly refusal: { readonly code: string; readonly message: string } | null }>;
    /** Told after such a commit, so that the delivery begins now. */
    wake(): void;
  };
  readonly recorderRole: {
    /** What STS says when AWS Config wants to act as the role; `null`: it may. */
    refusal(
      of: Place & { readonly partition: string; readonly roleArn: string },
    ): Promise<{ readonly code: string } | null>;
  };
  /** Marks page tokens under a key of the server's own: the same text has the same mark, also after a restart. */
  readonly pageTokens: { mark(text: string): string };
  /** Whether a topic with this ARN exists here; `null`: there is no SNS to ask. */
  readonly topics: { exists(arn: string): Promise<boolean | null> };
}
