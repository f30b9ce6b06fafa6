/**
 * A server whose clock was moved on goes on from there when it starts again: items and deliveries of a walked day would
 * otherwise lie in its future.
 * spec: SRV-CLOCK-1
 */
import { collection, put, remove, type Records } from '../services/records.ts';
import type { ServerWorld } from '../world/world.ts';

const clockMarks = collection<{ readonly atMillis: number }>('app.clock-marks');
const key = 'clock';

/** The clock may lose so much over a restart: it is not written down at each tick. */
const marginMillis = 60_000;

/** Writes down where a clock is that was moved on. */
export async function keepClock(records: Records, world: ServerWorld): Promise<void> {
  const atMillis = world.nowMillis();
  if (atMillis <= world.realNowMillis() + marginMillis) return;
  const mark = await records.get(clockMarks, key);
  if (mark !== null && atMillis <= mark.value.atMillis + marginMillis) return;
  await records.commit([put(clockMarks, key, { atMillis })]);
}

/** Moves the clock on to where it was, if that is still to come. */
export async function resumeClock(records: Records, world: ServerWorld): Promise<void> {
  const mark = await records.get(clockMarks, key);
  const behindMillis = (mark?.value.atMillis ?? 0) - world.nowMillis();
  if (behindMillis > 0) world.advanceClock(behindMillis);
}

/** After a reset the machine's time counts. */
export async function forgetClock(records: Records): Promise<void> {
  await records.commit([remove(clockMarks, key)]);
}
