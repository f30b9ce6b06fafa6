/** Work that is done whenever there may be some: when it is woken, and when it is asked to settle. It has no timer. */
export interface Waking {
  /** Begins now if nothing runs, else once more after it. Never waits. */
  wake(): void;
  /** Resolves when everything that was due at the call has been tried. */
  settle(): Promise<void>;
  /** Begins nothing new and waits for what runs. */
  close(): Promise<void>;
}

export class RepeatedWork implements Waking {
  readonly #pass: () => Promise<void>;
  readonly #onFault: (error: unknown) => void;
  #running: Promise<void> | null = null;
  #isWoken = false;
  #isClosed = false;

  /** @param onFault told of what a pass throws; what it did not do stays due */
  constructor(pass: () => Promise<void>, onFault: (error: unknown) => void) {
    this.#pass = pass;
    this.#onFault = onFault;
  }

  wake(): void {
    if (this.#isClosed) return;
    this.#isWoken = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#isWoken) this.wake();
    });
  }

  async settle(): Promise<void> {
    // What runs already may have looked at the clock before it was moved.
    this.wake();
    while (this.#running !== null) await this.#running;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isWoken = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWoken && !this.#isClosed) {
      this.#isWoken = false;
      await this.#pass().catch(this.#onFault);
    }
  }
}
