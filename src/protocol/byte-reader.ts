/** Reads lines and counted bytes from a stream of buffers, never holding more than one buffer and one line. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /**
   * The line up to the next line feed, without it and without a carriage return before it.
   *
   * @returns `null` at the end of the stream, or if no line ends within `maxBytes`
   */
  async line(maxBytes: number): Promise<string | null> {
    for (;;) {
      const end = this.#buffer.indexOf(0x0a);
      if (end > maxBytes) return null;
      if (end !== -1) {
        const line = this.#buffer.toString('latin1', 0, end);
        this.#buffer = this.#buffer.subarray(end + 1);
        return line.endsWith('\r') ? line.slice(0, -1) : line;
      }
      if (this.#buffer.length > maxBytes || !(await this.#fill())) return null;
    }
  }

  /** At least one and at most `maxBytes` bytes; `null` at the end of the stream. */
  async some(maxBytes: number): Promise<Uint8Array | null> {
    while (this.#buffer.length === 0) if (!(await this.#fill())) return null;
    const bytes = this.#buffer.subarray(0, maxBytes);
    this.#buffer = this.#buffer.subarray(bytes.length);
    return bytes;
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #fill(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#buffer =
      this.#buffer.length === 0 ? bufferOf(next.value) : Buffer.concat([this.#buffer, next.value]);
    return true;
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
