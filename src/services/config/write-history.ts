/**
 * The end of a window of six hours: one history file, or several, for each resource type with items in it.
 * spec: CFG-CLOCK-2
 */
import { remove, type Change, type Stored } from '../records.ts';
import type { Clockwork } from './clockwork.ts';
import { fileItem } from './configuration-item.ts';
import { deliversTo, type DeliveryTarget } from './delivers-to.ts';
import {
  historyQueue,
  items,
  placeKey,
  recorders,
  type ConfigPorts,
  type ItemRecord,
  type Place,
  type ScheduleRecord,
} from './ports.ts';
import { historyIntervalMillis, nextDue, rescheduled } from './schedule.ts';

/** How many items one history file holds at most; where AWS splits is not documented. */
export const historyFileItemsMax = 1000;
/** However large the items are, a file's text is not much longer than this. */
const historyFileTextMaxLength = 32 * 1024 * 1024;

/**
 * File after file: each takes its items out of the queue in the commit that orders it, so that a crash in between
 * leaves the others where they are. The window's end comes last.
 */
export async function writeHistory(
  schedule: Stored<ScheduleRecord>,
  dueMillis: number,
  clockwork: Clockwork,
): Promise<void> {
  const { records, deliveries } = clockwork.ports;
  const place: Place = { account: schedule.value.account, region: schedule.value.region };
  const to = await deliversTo(place, clockwork.ports, clockwork.partitionOf);
  const retries = to === null ? [] : await deliveries.retryOrder(to);
  // Without a channel the items wait for one.
  if (to !== null && !(await writeFiles(place, to, clockwork))) return;
  const [recorder, waiting] = await Promise.all([
    records.get(recorders, placeKey(place)),
    records.list(historyQueue, { prefix: `${placeKey(place)}/`, limit: 1 }),
  ]);
  const isOver = recorder?.value.isRecording !== true && waiting.length === 0;
  const next = isOver ? null : nextDue(dueMillis, historyIntervalMillis, clockwork.nowMillis());
  await records.commit([...rescheduled(schedule, place, { historyAtMillis: next }), ...retries]);
  deliveries.wake();
}

/** @returns false: somebody else is at it */
async function writeFiles(place: Place, to: DeliveryTarget, clockwork: Clockwork): Promise<boolean> {
  const { records } = clockwork.ports;
  let [type, part] = ['', 0];
  for (;;) {
    const file = await nextFile(place, records);
    if (file === null) return true;
    [type, part] = [file.resourceType, file.resourceType === type ? part + 1 : 1];
    const changes = [
      ...(file.items.length === 0 ? [] : await orderOf(file, part, to, clockwork)),
      ...file.queued.map((key) => remove(historyQueue, key, { ifRevision: 1 })),
    ];
    if ((await records.commit(changes)) === 'conflict') return false;
  }
}

interface HistoryFile {
  readonly resourceType: string;
  /** What leaves the queue with it. */
  readonly queued: readonly string[];
  readonly items: readonly ItemRecord[];
}

/** The next items of one resource type, oldest first; `null`: none is left. spec: CFG-CLOCK-2 */
async function nextFile(place: Place, records: ConfigPorts['records']): Promise<HistoryFile | null> {
  const start = `${placeKey(place)}/`;
  const page = await records.list(historyQueue, { prefix: start, limit: historyFileItemsMax });
  const typeOf = (key: string) => key.slice(start.length, key.indexOf('\u0001'));
  const [first] = page;
  if (first === undefined) return null;
  const resourceType = typeOf(first.key);
  const queued: string[] = [];
  const kept: ItemRecord[] = [];
  let textLength = 0;
  for (const { key } of page) {
    if (typeOf(key) !== resourceType || textLength > historyFileTextMaxLength) break;
    queued.push(key);
    const item = await records.get(items, key);
    if (item === null) continue;
    kept.push(item.value);
    textLength += JSON.stringify(item.value).length;
  }
  kept.sort((a, b) => a.capturedAtMillis - b.capturedAtMillis);
  return { resourceType, queued, items: kept };
}

function orderOf(
  file: HistoryFile,
  part: number,
  to: DeliveryTarget,
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
    part,
    text,
  });
}
