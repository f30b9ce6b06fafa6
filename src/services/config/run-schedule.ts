/**
 * Does what fell due: inventories, history files, periodic snapshots. Each ends in one commit that also sets its
 * next time, so that a crash repeats it whole or not at all.
 * spec: CFG-CLOCK-1, CFG-CLOCK-2, CFG-CLOCK-3
 */
import { remove, type Change, type Stored } from '../records.ts';
import { fileItem } from './configuration-item.ts';
import {
  channels,
  historyQueue,
  items,
  placeKey,
  recorders,
  schedules,
  timers,
  type ChannelToVerify,
  type ConfigPorts,
  type ItemRecord,
  type Place,
  type ScheduleRecord,
} from './ports.ts';
import { historyIntervalMillis, nextDue, rescheduled, snapshotIntervalMillis } from './schedule.ts';
import { takeInventory } from './take-inventory.ts';

interface Clockwork {
  readonly ports: Pick<ConfigPorts, 'records' | 'inventory' | 'deliveries'>;
  readonly nowMillis: () => number;
  readonly newUuid: () => string;
  readonly partitionOf: (region: string) => string;
}

/** When the first thing falls due, past or future; `null`: nothing is planned. */
export async function firstDueMillis({ ports }: Pick<Clockwork, 'ports'>): Promise<number | null> {
  const [first] = await ports.records.list(timers, { limit: 1 });
  return first?.value.dueAtMillis ?? null;
}

/** Everything that is due now, the longest due first. */
export async function runSchedule(clockwork: Clockwork): Promise<void> {
  for (;;) {
    const [first] = await clockwork.ports.records.list(timers, { limit: 1 });
    if (first === undefined || first.value.dueAtMillis > clockwork.nowMillis()) return;
    await runPlace({ account: first.value.account, region: first.value.region }, clockwork);
  }
}

async function runPlace(place: Place, clockwork: Clockwork): Promise<void> {
  const { ports } = clockwork;
  const nowMillis = clockwork.nowMillis();
  const schedule = await ports.records.get(schedules, placeKey(place));
  if (schedule === null) throw new Error(`INVARIANT (a timer has its schedule): ${placeKey(place)} has none`);
  const isDue = (at: number | null): at is number => at !== null && at <= nowMillis;
  const { inventoryAtMillis, historyAtMillis, snapshotAtMillis } = schedule.value;
  if (isDue(inventoryAtMillis)) {
    const partition = clockwork.partitionOf(place.region);
    return takeInventory(ports, { ...place, partition }, nowMillis);
  }
  // A conflict leaves the timer where it is: the next round of the caller tries again.
  if (isDue(historyAtMillis)) await writeHistory(schedule, historyAtMillis, clockwork);
  else if (isDue(snapshotAtMillis)) await orderSnapshot(schedule, snapshotAtMillis, clockwork);
}

/** How many items one history file holds at most; where AWS splits is not documented. */
export const historyFileItemsMax = 1000;

async function writeHistory(
  schedule: Stored<ScheduleRecord>,
  dueMillis: number,
  clockwork: Clockwork,
): Promise<void> {
  const { ports } = clockwork;
  const { records } = ports;
  const place = placeOf(schedule.value);
  const nowMillis = clockwork.nowMillis();
  const [queued, to, recorder] = await Promise.all([
    records.list(historyQueue, { prefix: `${placeKey(place)}/`, limit: Infinity }),
    deliversTo(place, clockwork),
    records.get(recorders, placeKey(place)),
  ]);
  const isOver = recorder?.value.isRecording !== true && queued.length === 0;
  const next = isOver ? null : nextDue(dueMillis, historyIntervalMillis, nowMillis);
  const changes: Change[] = [...rescheduled(schedule, place, { historyAtMillis: next })];
  // Without a channel the items wait for one.
  if (to !== null) {
    const stored = await Promise.all(queued.map(({ key }) => records.get(items, key)));
    const kept = stored.flatMap((item) => (item === null ? [] : [item.value]));
    changes.push(...(await ports.deliveries.retryOrder(to)));
    for (const file of filesOf(kept)) changes.push(...(await orderOf(file, to, clockwork)));
    changes.push(...queued.map(({ key }) => remove(historyQueue, key)));
  }
  await records.commit(changes);
  ports.deliveries.wake();
}

interface HistoryFile {
  readonly resourceType: string;
  readonly part: number;
  readonly items: readonly ItemRecord[];
}

/** One resource type a file, oldest items first. spec: CFG-CLOCK-2 */
function filesOf(all: readonly ItemRecord[]): readonly HistoryFile[] {
  const types = Map.groupBy(all, ({ resourceType }) => resourceType);
  return [...types].flatMap(([resourceType, ofType]) => {
    const sorted = ofType.toSorted((a, b) => a.capturedAtMillis - b.capturedAtMillis);
    return Array.from({ length: Math.ceil(sorted.length / historyFileItemsMax) }, (_, index) => ({
      resourceType,
      part: index + 1,
      items: sorted.slice(index * historyFileItemsMax, (index + 1) * historyFileItemsMax),
    }));
  });
}

function orderOf(
  file: HistoryFile,
  to: ChannelToVerify,
  { ports, nowMillis, newUuid }: Clockwork,
): Promise<readonly Change[]> {
  const configSnapshotId = newUuid();
  const text = JSON.stringify({
    fileVersion: '1.0',
    configSnapshotId,
    configurationItems: file.items.map(fileItem),
  });
  return ports.deliveries.historyOrder({
    ...to,
    configSnapshotId,
    orderedAtMillis: nowMillis(),
    resourceType: file.resourceType,
    newestMillis: file.items.at(-1)?.capturedAtMillis ?? nowMillis(),
    part: file.part,
    text,
  });
}

async function orderSnapshot(
  schedule: Stored<ScheduleRecord>,
  dueMillis: number,
  clockwork: Clockwork,
): Promise<void> {
  const { ports } = clockwork;
  const place = placeOf(schedule.value);
  const nowMillis = clockwork.nowMillis();
  const [to, channel, recorder] = await Promise.all([
    deliversTo(place, clockwork),
    ports.records.get(channels, placeKey(place)),
    ports.records.get(recorders, placeKey(place)),
  ]);
  const interval = snapshotIntervalMillis(channel?.value.deliveryFrequency ?? null);
  const next = interval === null ? null : nextDue(dueMillis, interval, nowMillis);
  const isMade = to !== null && interval !== null && recorder?.value.isRecording === true;
  await ports.records.commit([
    ...rescheduled(schedule, place, { snapshotAtMillis: next }),
    ...(isMade
      ? ports.deliveries.snapshotOrder({
          ...to,
          configSnapshotId: clockwork.newUuid(),
          orderedAtMillis: nowMillis,
        })
      : []),
  ]);
  ports.deliveries.wake();
}

/** `null`: there is no channel, or no recorder whose role could deliver. */
async function deliversTo(place: Place, { ports, partitionOf }: Clockwork): Promise<ChannelToVerify | null> {
  const [channel, recorder] = await Promise.all([
    ports.records.get(channels, placeKey(place)),
    ports.records.get(recorders, placeKey(place)),
  ]);
  if (channel === null || recorder === null) return null;
  const { s3BucketName, s3KeyPrefix, s3KmsKeyArn } = channel.value;
  return {
    ...place,
    partition: partitionOf(place.region),
    roleArn: recorder.value.roleARN,
    s3BucketName,
    s3KeyPrefix,
    s3KmsKeyArn,
  };
}

function placeOf({ account, region }: Place): Place {
  return { account, region };
}
