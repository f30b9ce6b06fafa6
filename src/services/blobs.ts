/** Bytes too large for a record: written once under a name, read in ranges, deleted. Implemented in `src/blobs`. */
export interface Blobs {
  /**
   * Writes the stream under a fresh name (form: `assertBlobName`). When it resolves, the bytes survive a crash; when it throws (also when the
   * stream throws), nothing is left behind that `read` could find.
   *
   * @returns the number of bytes written
   */
  write(name: string, stream: AsyncIterable<Uint8Array>): Promise<number>;

  /**
   * The bytes from `start` (inclusive) to `end` (exclusive) of this blob; the whole without them.
   *
   * @throws {BlobMissing} there is none of this name
   */
  read(name: string, range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;

  /** Deletes it if it is there. */
  delete(name: string): Promise<void>;

  /** Every name, in no promised order: for the sweep that removes blobs no record names. */
  names(): AsyncIterable<string>;
}

export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
}

/**
 * A blob's name is 1 to 200 characters of `a-z`, `0-9`, `.`, `_` and `-`, beginning with a letter or a digit: every
 * file system tells such names apart, and none leads out of its folder.
 *
 * @throws {RangeError} it is not such a name, which is a fault of Sealpost
 */
export function assertBlobName(name: string): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,199}$/.test(name))
    throw new RangeError(`not a blob name: ${JSON.stringify(name)}`);
}
