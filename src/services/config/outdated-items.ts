/**
 * How long items are kept. An item can go when its period has passed since a newer one took its place: the one that
 * was the state at the period's beginning stays, and so does the newest.
 * spec: CFG-RETENTION-1, CFG-RETENTION-2
 */
import { put, remove, type Change, type Records } from '../records.ts';
import { rescheduled } from './schedule.ts';
import {
  itemKey,
  items,
  outdatedItems,
  placeKey,
  recorders,
  retentions,
  schedules,
  type ItemRecord,
  type Place,
} from './ports.ts';

/** AWS keeps items for seven years unless told otherwise. */
export const retentionDefaultDays = 2557;

const dayMillis = 24 * 3600 * 1000;
const batchCount = 1000;

/** A newer item took the place of this one: commit it with the newer one. */
export function outdatedBy(item: ItemRecord, newerMillis: number): Change {
  const key = itemKey(item, item.resourceType, item.resourceId, item.capturedAtMillis);
  return put(outdatedItems, outdatedKey(item, newerMillis, key), { itemKey: key });
}

/**
 * Deletes what is older than it is kept, and says when to look again. Each batch is one commit: what a crash leaves
 * is still noted.
 */
export async function purgeOutdated(records: Records, place: Place, nowMillis: number): Promise<void> {
  for (;;) {
    const [schedule, recorder, periodMillis, noted] = await Promise.all([
      records.get(schedules, placeKey(place)),
      records.get(recorders, placeKey(place)),
      retentionMillis(records, place),
      records.list(outdatedItems, { prefix: `${placeKey(place)}/`, limit: batchCount }),
    ]);
    const due = noted.filter(({ key }) => outdatedAt(key, place) + periodMillis <= nowMillis);
    const next = noted[due.length];
    const endsAtMillis = next === undefined ? null : outdatedAt(next.key, place) + periodMillis;
    const isGoingOn = recorder?.value.isRecording === true || next !== undefined;
    const isMore = due.length === batchCount;
    const purgeAtMillis = isMore
      ? nowMillis
      : isGoingOn
        ? Math.min(endsAtMillis ?? Infinity, nowMillis + dayMillis)
        : null;
    await records.commit([
      ...due.flatMap(({ key, value }) => [remove(outdatedItems, key), remove(items, value.itemKey)]),
      ...rescheduled(schedule, place, { purgeAtMillis }),
    ]);
    if (!isMore) return;
  }
}

/** How long items of this place are kept. */
async function retentionMillis(records: Records, place: Place): Promise<number> {
  const own = await records.get(retentions, placeKey(place));
  return (own?.value.retentionPeriodInDays ?? retentionDefaultDays) * dayMillis;
}

function outdatedKey(place: Place, newerMillis: number, key: string): string {
  return `${placeKey(place)}/${String(newerMillis).padStart(16, '0')}\u0001${key}`;
}

function outdatedAt(key: string, place: Place): number {
  const start = placeKey(place).length + 1;
  return Number(key.slice(start, start + 16));
}
