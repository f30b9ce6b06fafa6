/**
 * When what falls due in a place. A timer stands under its time, so that finding what is due asks for the first
 * record only, however many channels there are.
 * spec: CFG-CLOCK-1
 */
import { put, remove, type Change, type Stored } from '../records.ts';
import { placeKey, schedules, timerKey, timers, type Place, type ScheduleRecord } from './ports.ts';

/** AWS Config writes history files every six hours; where the six hours begin is not documented. */
export const historyIntervalMillis = 6 * 3600 * 1000;

const hour = 3600 * 1000;

/** AWS Config's day of daily recording; where it begins is not documented: here with the recorder's start. */
export const dailyIntervalMillis = 24 * hour;

const frequencies: Readonly<Record<string, number>> = {
  One_Hour: hour,
  Three_Hours: 3 * hour,
  Six_Hours: 6 * hour,
  Twelve_Hours: 12 * hour,
  TwentyFour_Hours: 24 * hour,
};

/** `null`: snapshots are not periodic. */
export function snapshotIntervalMillis(deliveryFrequency: string | null): number | null {
  return deliveryFrequency === null ? null : (frequencies[deliveryFrequency] ?? null);
}

/** The next time after one that was due: in step with it, and never in the past, however late it is. */
export function nextDue(dueMillis: number, intervalMillis: number, nowMillis: number): number {
  const missed = Math.max(0, Math.floor((nowMillis - dueMillis) / intervalMillis));
  return dueMillis + (missed + 1) * intervalMillis;
}

type Times = Omit<ScheduleRecord, keyof Place>;
const noTimes: Times = {
  inventoryAtMillis: null,
  historyAtMillis: null,
  snapshotAtMillis: null,
  dailyAtMillis: null,
  endsAtMillis: null,
  purgeAtMillis: null,
};

/** The changes that set these times and move the timer. They conflict if the schedule changes meanwhile. */
export function rescheduled(
  stored: Stored<ScheduleRecord> | null,
  place: Place,
  times: Partial<Times>,
): readonly Change[] {
  const { account, region } = place;
  const next: ScheduleRecord = { ...noTimes, ...stored?.value, ...times, account, region };
  const [before, after] = [stored === null ? null : firstOf(stored.value), firstOf(next)];
  return [
    put(schedules, placeKey(place), next, { ifRevision: stored?.revision ?? 0 }),
    ...(before === after || before === null ? [] : [remove(timers, timerKey(place, before))]),
    ...(before === after || after === null
      ? []
      : [put(timers, timerKey(place, after), { account, region, dueAtMillis: after })]),
  ];
}

function firstOf(times: Times): number | null {
  const { inventoryAtMillis, historyAtMillis, snapshotAtMillis, dailyAtMillis, endsAtMillis } = times;
  const set = [
    ...[inventoryAtMillis, historyAtMillis, snapshotAtMillis],
    ...[dailyAtMillis, endsAtMillis, times.purgeAtMillis],
  ].filter((time) => time !== null);
  return set.length === 0 ? null : Math.min(...set);
}
