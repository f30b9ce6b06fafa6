/** Time and chance as the program has them: the server's clock, which may be moved on, and the real one. */
import type { World } from '../services/operation.ts';
import { movableClock } from './clock.ts';
import { tokens } from './ids.ts';
import { pooledRandom } from './random.ts';

export interface ServerWorld extends World {
  /** The machine's clock. Signatures are judged by it, whatever the server's clock says. */
  realNowMillis(): number;
  /** Moves the server's clock on; never back. */
  advanceClock(millis: number): void;
  /** Back to the machine's time, for a reset. */
  resetClock(): void;
}

/** The real world: the machine's clock and the machine's random source. */
export function realWorld(): ServerWorld {
  const random = pooledRandom();
  return { ...movableClock(() => Date.now()), ...tokens(random), randomBytes: random };
}
