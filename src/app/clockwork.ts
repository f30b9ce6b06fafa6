/** What goes on by itself, in the order in which one thing sets the next going. It has no timer of its own. */
import type { Waking } from './repeated-work.ts';

export interface ClockworkParts {
  /** What falls due by the clock, messages about changes, files, endpoints: the first before the next. */
  readonly works: readonly Waking[];
  /** When each kind of thing falls due first; `null`: nothing of it is planned. */
  readonly nextDueMillis: readonly (() => Promise<number | null>)[];
}

export class Clockwork {
  readonly #parts: ClockworkParts;

  constructor(parts: ClockworkParts) {
    this.#parts = parts;
  }

  /** Begins what is due. Never waits. */
  wake(): void {
    for (const work of this.#parts.works) work.wake();
  }

  /** Resolves when everything that was due at the call has been tried. */
  async settle(): Promise<void> {
    for (const work of this.#parts.works) await work.settle();
  }

  /** When the first thing falls due; `null`: nothing is planned. */
  async nextDueMillis(): Promise<number | null> {
    const times = await Promise.all(this.#parts.nextDueMillis.map((next) => next()));
    const planned = times.filter((time) => time !== null);
    return planned.length === 0 ? null : Math.min(...planned);
  }

  async close(): Promise<void> {
    for (const work of this.#parts.works) await work.close();
  }
}
