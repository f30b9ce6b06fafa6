/** Carries out what is due: when it is woken, and when it is asked to settle. It has no clock and no timer of its own. */
import { carryOut } from './carry-out.ts';
import { deliveries, type WorkerPorts } from './ports.ts';

/** How many deliveries run side by side. */
const concurrentMax = 32;

export class DeliveryWorker implements AsyncDisposable {
  readonly #ports: WorkerPorts;
  #running: Promise<void> | null = null;
  #isWoken = false;
  #isClosed = false;

  constructor(ports: WorkerPorts) {
    this.#ports = ports;
  }

  /** Something is due: begins now if nothing runs, else once more after it. Never waits. */
  wake(): void {
    if (this.#isClosed) return;
    this.#isWoken = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#isWoken) this.wake();
    });
  }

  /** Resolves when everything that was due at the call has been tried. */
  async settle(): Promise<void> {
    this.wake();
    while (this.#running !== null) await this.#running;
  }

  /** Begins nothing new and waits for what runs. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isWoken = false;
    await this.#running;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(): Promise<void> {
    while (this.#isWoken && !this.#isClosed) {
      this.#isWoken = false;
      await this.#pass();
    }
  }

  /** Every due delivery once, in the order of their keys. */
  async #pass(): Promise<void> {
    let after: string | undefined;
    for (;;) {
      const options = { limit: concurrentMax, ...(after === undefined ? {} : { after }) };
      const due = await this.#ports.records.find(deliveries, 'due', 'due', options).catch(() => []);
      if (due.length === 0 || this.#isClosed) return;
      await Promise.all(
        due.map(({ key, value }) =>
          carryOut(key, this.#ports).catch((error: unknown) => this.#ports.onFault(error, value)),
        ),
      );
      after = due.at(-1)?.key;
    }
  }
}
