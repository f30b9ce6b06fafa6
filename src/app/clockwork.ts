/** Runs what fell due by the server's clock, then the deliveries that this ordered. It has no timer of its own. */
import type { DeliveryWorker } from '../delivery/worker/delivery-worker.ts';
import { partitionOfRegion } from '../aws/partition.ts';
import type { ConfigPorts } from '../services/config/ports.ts';
import { firstDueMillis, runSchedule } from '../services/config/run-schedule.ts';

interface ClockworkParts {
  readonly ports: ConfigPorts;
  readonly worker: DeliveryWorker;
  readonly nowMillis: () => number;
  readonly newUuid: () => string;
  /** Told of what kept something from being done; it stays due. */
  onFault(error: unknown): void;
}

export class Clockwork {
  readonly #parts: ClockworkParts;
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(parts: ClockworkParts) {
    this.#parts = parts;
  }

  /** Begins what is due. Never waits. */
  wake(): void {
    void this.#run().then(() => this.#parts.worker.wake());
  }

  /** Resolves when everything that was due at the call has been tried. */
  async settle(): Promise<void> {
    // What runs already may have looked at the clock before it was moved.
    await this.#running;
    await this.#run();
    await this.#parts.worker.settle();
  }

  /** When the first thing falls due; `null`: nothing is planned. */
  nextDueMillis(): Promise<number | null> {
    return firstDueMillis(this.#parts);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  #run(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return (this.#running ??= runSchedule({ ...this.#parts, partitionOf: partitionOfRegion })
      .catch((error: unknown) => this.#parts.onFault(error))
      .finally(() => {
        this.#running = null;
      }));
  }
}
