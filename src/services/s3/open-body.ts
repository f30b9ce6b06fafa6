/** Reads the bytes of an object back. spec: S3-REST-2 */
import type { S3Context } from './find-bucket.ts';
import { objectPlace } from './object-place.ts';
import type { ObjectVersion, Segment } from './ports.ts';
import { openRange, segmentKey } from './sealed-segment.ts';

/**
 * The plaintext from `start` (inclusive) to `end` (exclusive), decrypted and verified while it is read. The first
 * bytes are at hand when this resolves, so that what is broken from its beginning is an error and no answer.
 *
 * @param body the body of the record
 * @throws {SegmentBroken} now or while reading: what is stored is not what was written
 */
export async function openBody(
  version: ObjectVersion,
  body: Uint8Array | null,
  dataKey: Uint8Array,
  range: { readonly start: number; readonly end: number },
  context: S3Context,
): Promise<AsyncIterable<Uint8Array>> {
  const chunks = plaintext(version, body, dataKey, range, context);
  const first = await chunks.next();
  return first.done === true ? nothing() : continued(first.value, chunks);
}

async function* plaintext(
  version: ObjectVersion,
  body: Uint8Array | null,
  dataKey: Uint8Array,
  range: { readonly start: number; readonly end: number },
  context: S3Context,
): AsyncGenerator<Uint8Array, void, undefined> {
  const place = objectPlace(version.bucket, version.key);
  let from = 0;
  for (const segment of version.segments) {
    const start = Math.max(0, range.start - from);
    const end = Math.min(segment.sizeBytes, range.end - from);
    // The empty object has one segment of no bytes, and it is opened too: its tag says that it is empty.
    if (start < end || version.sizeBytes === 0) {
      const key = segmentKey(dataKey, Buffer.from(segment.salt, 'base64'), place);
      yield* openRange(key, segment.sizeBytes, { start, end }, readerOf(segment, body, context));
    }
    from += segment.sizeBytes;
  }
}

function readerOf(
  { blob }: Segment,
  body: Uint8Array | null,
  context: S3Context,
): (range: { readonly start: number; readonly end: number }) => AsyncIterable<Uint8Array> {
  if (blob !== null) return (range) => context.ports.blobs.read(blob, range);
  return async function* ({ start, end }) {
    if (body !== null) yield body.subarray(start, end);
  };
}

async function* continued(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield first;
  yield* rest;
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // No bytes.
}
