/**
 * Turns what a resource looks like into its next configuration item. What did not change makes none; what is not
 * recorded makes items that say only that it came and went.
 * spec: CFG-RECORD-1, CFG-RECORD-2, CFG-RECORD-3
 */
import { isDeepStrictEqual } from 'node:util';
import { put, type Change, type Records, type Stored } from '../records.ts';
import {
  changeNotices,
  channels,
  historyQueue,
  itemKey,
  items,
  noticeKey,
  placeKey,
  recorders,
  resourceKey,
  resources,
  type InventoryItem,
  type ItemRecord,
  type Place,
  type RecorderRecord,
  type ResourceRecord,
} from './ports.ts';
import { outdatedBy } from './outdated-items.ts';
import { isRecorded } from './recording-group.ts';
import { recordingFrequencyOf } from './recording-mode.ts';

/** A resource as it is now; `seen: null`: it is gone. */
export interface Sighting {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly seen: InventoryItem | null;
}

/**
 * The changes that record it: commit them with what changed the resource. They conflict if another item comes first.
 * What is recorded daily makes none: the end of its day looks at it.
 */
export async function recordedChanges(
  records: Records,
  recorder: RecorderRecord,
  sighting: Sighting,
  nowMillis: number,
): Promise<readonly Change[]> {
  const key = resourceKey(recorder, sighting.resourceType, sighting.resourceId);
  return recordedSince(records, recorder, await records.get(resources, key), sighting, nowMillis);
}

/** The same, where its newest item was read before it was looked at: what changes in between then conflicts. */
export async function recordedSince(
  records: Records,
  recorder: RecorderRecord,
  before: Stored<ResourceRecord> | null,
  sighting: Sighting,
  nowMillis: number,
): Promise<readonly Change[]> {
  if (frequencyOf(recorder, sighting.resourceType) === 'DAILY') return [];
  const isToldOf = await hasTopic(records, recorder);
  return changesOf(recorder, before, sighting, { nowMillis, isToldOf });
}

/** Whether there is a topic to tell of items of this place. spec: CFG-STREAM-1 */
export async function hasTopic(records: Records, place: Place): Promise<boolean> {
  const channel = await records.get(channels, placeKey(place));
  return channel !== null && channel.value.snsTopicARN !== null;
}

export interface Capture {
  readonly nowMillis: number;
  /** Whether the channel's topic is told of the item. See `hasTopic`. */
  readonly isToldOf: boolean;
}

/** How often a recorder looks at a type: what it does not record, it says at once that it came and went. */
export function frequencyOf(
  { recordingGroup, recordingMode }: RecorderRecord,
  resourceType: string,
): 'CONTINUOUS' | 'DAILY' {
  return isRecorded(recordingGroup, resourceType)
    ? recordingFrequencyOf(recordingMode, resourceType)
    : 'CONTINUOUS';
}

/** The same, where its newest item was read before it was looked at. */
export function changesOf(
  recorder: RecorderRecord,
  before: Stored<ResourceRecord> | null,
  sighting: Sighting,
  capture: Capture,
): readonly Change[] {
  const next = nextItem(recorder, before?.value ?? null, sighting);
  if (next === null) return [];
  const { recordingFrequency: _, ...item } = next;
  const isDaily = frequencyOf(recorder, sighting.resourceType) === 'DAILY';
  return itemChanges(before, isDaily ? { ...item, recordingFrequency: 'DAILY' } : item, capture);
}

/**
 * Stores a resource's next item. Items of one resource never share a moment: their order is their state IDs'.
 * spec: CFG-ITEM-5
 */
export function itemChanges(
  before: Stored<ResourceRecord> | null,
  next: Omit<ItemRecord, 'capturedAtMillis'>,
  { nowMillis, isToldOf }: Capture,
): readonly Change[] {
  const place: Place = { account: next.account, region: next.region };
  const { resourceType, resourceId } = next;
  const lastMillis = before?.value.item.capturedAtMillis ?? 0;
  const item: ItemRecord = { ...next, capturedAtMillis: Math.max(nowMillis, lastMillis + 1) };
  const resource: ResourceRecord = {
    ...place,
    resourceType,
    resourceId,
    isDeleted: item.status === 'ResourceDeleted' || item.status === 'ResourceDeletedNotRecorded',
    item,
  };
  const { capturedAtMillis } = item;
  assertItemFits(item);
  const stored = itemKey(place, resourceType, resourceId, capturedAtMillis);
  const previousMillis =
    before === null || before.value.isDeleted ? null : before.value.item.capturedAtMillis;
  const notice = { ...place, resourceType, resourceId, capturedAtMillis, previousMillis, lease: null };
  return [
    put(resources, resourceKey(place, resourceType, resourceId), resource, {
      ifRevision: before?.revision ?? 0,
    }),
    put(items, stored, item, { ifRevision: 0 }),
    put(historyQueue, stored, {}, { ifRevision: 0 }),
    ...(before === null ? [] : [outdatedBy(before.value.item, capturedAtMillis)]),
    ...(isToldOf ? [put(changeNotices, noticeKey(notice), notice, { ifRevision: 0 })] : []),
  ];
}

/** The most that an item may hold, as JSON. */
export const itemMaxBytes = 10 * 1024 * 1024;

/** An item that is not stored, and with it the change that it was to tell of. */
export class ItemTooLarge extends Error {
  override readonly name = 'ItemTooLarge';
}

/** @throws {ItemTooLarge} spec: CFG-ITEM-8 */
function assertItemFits(item: ItemRecord): void {
  const bytes = Buffer.byteLength(JSON.stringify(item));
  if (bytes > itemMaxBytes)
    throw new ItemTooLarge(
      `the configuration item of ${item.resourceType} ${item.resourceId} has ${bytes} bytes; at most ${itemMaxBytes} are recorded`,
    );
}

/** The recorders of an account that record now. */
export async function runningRecorders(
  records: Records,
  account: string,
): Promise<readonly RecorderRecord[]> {
  // Every place of an account stands behind it. See `placeKey`.
  const stored = await records.list(recorders, { prefix: `${account}/`, limit: Infinity });
  return stored.map(({ value }) => value).filter(({ isRecording }) => isRecording);
}

function nextItem(
  recorder: RecorderRecord,
  before: ResourceRecord | null,
  { resourceType, seen }: Sighting,
): Omit<ItemRecord, 'capturedAtMillis'> | null {
  const last = before === null || before.isDeleted ? null : before.item;
  const isWanted = isRecorded(recorder.recordingGroup, resourceType);
  if (seen === null)
    return last === null
      ? null
      : {
          ...last,
          ...nothing,
          status: isWanted ? 'ResourceDeleted' : 'ResourceDeletedNotRecorded',
          resourceName: null,
          availabilityZone: null,
          resourceCreatedAtMillis: null,
        };
  const next: Omit<ItemRecord, 'capturedAtMillis'> = {
    account: recorder.account,
    region: recorder.region,
    awsRegion: seen.awsRegion,
    status: 'ResourceDiscovered',
    resourceType,
    resourceId: seen.resourceId,
    resourceName: seen.resourceName,
    arn: seen.arn,
    availabilityZone: seen.availabilityZone,
    resourceCreatedAtMillis: seen.resourceCreationTimeMillis,
    tags: seen.tags,
    relationships: seen.relationships ?? [],
    configuration: seen.configuration,
    supplementaryConfiguration: seen.supplementaryConfiguration,
  };
  if (!isWanted)
    return last?.status === 'ResourceNotRecorded'
      ? null
      : { ...next, ...nothing, status: 'ResourceNotRecorded' };
  if (last === null || last.status === 'ResourceNotRecorded') return next;
  return isSame(last, next) ? null : { ...next, status: 'OK' };
}

const nothing = { configuration: null, supplementaryConfiguration: {}, tags: {}, relationships: [] } as const;

function isSame(last: ItemRecord, next: Omit<ItemRecord, 'capturedAtMillis'>): boolean {
  const { capturedAtMillis: _, status: __, recordingFrequency: ___, ...before } = last;
  const { status: ____, ...after } = next;
  // As it will be read back: members that are undefined are not stored.
  return isDeepStrictEqual(before, JSON.parse(JSON.stringify(after)));
}
