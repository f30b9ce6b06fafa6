/**
 * Keeps the bytes of an object: small ones beside its record, large ones as a blob, encrypted either way.
 * spec: S3-REST-3
 */
import { segmentKey, saltBytes, sealChunks } from './sealed-segment.ts';
import type { S3Context } from './find-bucket.ts';
import type { Segment } from './ports.ts';

export const blobPrefix = 's3-';

export interface StoredBody {
  readonly blob: string | null;
  readonly salt: string;
  /** For the record's body, where there is no blob. */
  readonly body: Uint8Array | null;
}

/**
 * Reads the stream to its end. What it writes no record names yet: drop it with `dropBlobs` if none ever will.
 *
 * @param place what the bytes belong to: a segment opens only there
 * @throws what the stream throws; then nothing is left behind
 */
export async function storeBody(
  stream: AsyncIterable<Uint8Array>,
  dataKey: Uint8Array,
  place: string,
  context: S3Context,
  options: { readonly alwaysAsBlob: boolean } = { alwaysAsBlob: false },
): Promise<StoredBody> {
  const saltRaw = context.randomBytes(saltBytes);
  const salt = Buffer.from(saltRaw).toString('base64');
  const chunks = sealChunks(segmentKey(dataKey, saltRaw, place), stream);
  const first = await chunks.next();
  const second = first.done === true ? first : await chunks.next();
  const begun = [first, second].flatMap((chunk) => (chunk.done === true ? [] : [chunk.value]));
  const [only] = begun;
  if (begun.length === 1 && only !== undefined && !options.alwaysAsBlob)
    return { blob: null, salt, body: only };
  const blob = `${blobPrefix}${context.newUuid()}`;
  await context.ports.blobs.write(blob, continued(begun, chunks));
  return { blob, salt, body: null };
}

export function segmentOf(stored: StoredBody, sizeBytes: number): Segment {
  return { blob: stored.blob, salt: stored.salt, sizeBytes };
}

/** Deletes blobs that no record names any more. A blob that stays behind is swept at the next start. */
export async function dropBlobs(names: readonly (string | null)[], context: S3Context): Promise<void> {
  for (const name of names) {
    if (name !== null) await context.ports.blobs.delete(name);
  }
}

async function* continued(
  begun: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* begun;
  yield* rest;
}
