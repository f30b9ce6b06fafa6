/**
 * Does what fell due: inventories, history files, periodic snapshots. Each ends in one commit that also sets its
 * next time, so that a crash repeats it whole or not at all.
 * spec: CFG-CLOCK-1, CFG-CLOCK-2, CFG-CLOCK-3
 */
import type { Stored } from '../records.ts';
import type { Clockwork } from './clockwork.ts';
import { deliversTo } from './delivers-to.ts';
import {
  channels,
  historyQueue,
  placeKey,
  recorders,
  schedules,
  timers,
  type Place,
  type ScheduleRecord,
} from './ports.ts';
import { nextDue, rescheduled, snapshotIntervalMillis } from './schedule.ts';
import { purgeOutdated } from './outdated-items.ts';
import { noteRecorderStatus } from './recorder-status.ts';
import { takeInventory } from './take-inventory.ts';
import { writeHistory } from './write-history.ts';

/** When the first thing falls due, past or future; `null`: nothing is planned. */
export async function firstDueMillis({ ports }: Pick<Clockwork, 'ports'>): Promise<number | null> {
  const [first] = await ports.records.list(timers, { limit: 1 });
  return first?.value.dueAtMillis ?? null;
}

/** How many places are served side by side: their commits share the store's writes. */
const placesAtOnce = 64;

/** Everything that is due now, the longest due first. */
export async function runSchedule(clockwork: Clockwork): Promise<void> {
  const { ports, nowMillis } = clockwork;
  for (;;) {
    const first = await ports.records.list(timers, { limit: placesAtOnce });
    const due = first.filter(({ value }) => value.dueAtMillis <= nowMillis());
    if (due.length === 0) return;
    // A place has one timer, the first of its times. One that fails keeps no other from its turn.
    const ended = await Promise.allSettled(due.map(({ value }) => runPlace(placeOf(value), clockwork)));
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }
}

async function runPlace(place: Place, clockwork: Clockwork): Promise<void> {
  const { ports } = clockwork;
  const nowMillis = clockwork.nowMillis();
  const schedule = await ports.records.get(schedules, placeKey(place));
  if (schedule === null) throw new Error(`INVARIANT (a timer has its schedule): ${placeKey(place)} has none`);
  const isDue = (at: number | null): at is number => at !== null && at <= nowMillis;
  const { inventoryAtMillis, historyAtMillis, snapshotAtMillis, dailyAtMillis, endsAtMillis } =
    schedule.value;
  const inventoried = { ...place, partition: clockwork.partitionOf(place.region) };
  if (isDue(inventoryAtMillis)) return takeInventory(ports, inventoried, nowMillis);
  // Before the window ends: what a day or a key's end brings belongs to it.
  if (isDue(dailyAtMillis)) return takeInventory(ports, inventoried, nowMillis, 'daily');
  if (isDue(endsAtMillis)) return takeInventory(ports, inventoried, nowMillis, 'continuous');
  if (isDue(schedule.value.purgeAtMillis)) return purgeOutdated(ports.records, place, nowMillis);
  // A conflict leaves the timer where it is: the next round of the caller tries again.
  if (isDue(historyAtMillis)) {
    if (await hasNews(place, clockwork)) await noteRecorderStatus(ports, inventoried, nowMillis);
    await writeHistory(schedule, historyAtMillis, clockwork);
  } else if (isDue(snapshotAtMillis)) await orderSnapshot(schedule, snapshotAtMillis, clockwork);
}

/** Where nothing happened, nothing is asked of STS. */
async function hasNews(place: Place, { ports }: Clockwork): Promise<boolean> {
  const [first] = await ports.records.list(historyQueue, { prefix: `${placeKey(place)}/`, limit: 1 });
  return first !== undefined;
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
    deliversTo(place, ports, clockwork.partitionOf),
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

function placeOf({ account, region }: Place): Place {
  return { account, region };
}
