/**
 * A stretch of an object's bytes, encrypted so that any range of it can be read and verified without the rest:
 * chunks of 64 KiB under AES-256-GCM. The nonce holds the chunk's place and whether it is the last one, so a chunk
 * that is moved, repeated, cut off or changed does not open. The key is derived for this segment of this object
 * alone, so no nonce is ever used twice under one key.
 * spec: S3-REST-1, S3-REST-2
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

export const chunkPlainBytes = 64 * 1024;
const tagBytes = 16;
const chunkSealedBytes = chunkPlainBytes + tagBytes;
export const saltBytes = 16;

/** Stored bytes are not what was written: never an answer to a client's mistake. */
export class SegmentBroken extends Error {
  override readonly name = 'SegmentBroken';
}

/** The key of one segment, as an object (Node starts ciphers from those faster than from bytes); `place` is what the bytes belong to, such as `bucket/key`. */
export function segmentKey(dataKey: Uint8Array, salt: Uint8Array, place: string): KeyObject {
  const secret = createSecretKey(dataKey);
  return createSecretKey(
    new Uint8Array(hkdfSync('sha256', secret, salt, `sealpost s3 segment 1\0${place}`, 32)),
  );
}

/** The chunks of the stream, sealed. There is always a last one, empty if the stream is. */
export async function* sealChunks(
  key: KeyObject,
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let index = 0;
  for await (const { bytes, isLast } of wholeChunks(stream)) yield sealChunk(key, index++, isLast, bytes);
}

/**
 * The plaintext from `start` (inclusive) to `end` (exclusive) of a segment of `sizeBytes`.
 *
 * @param readSealed reads stored bytes of the segment; asked for whole chunks only
 * @throws {SegmentBroken} a chunk in the range is not what was written
 */
export async function* openRange(
  key: KeyObject,
  sizeBytes: number,
  { start, end }: { readonly start: number; readonly end: number },
  readSealed: (range: { readonly start: number; readonly end: number }) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const last = lastIndex(sizeBytes);
  const first = Math.min(Math.floor(start / chunkPlainBytes), last);
  const until = end <= start ? first : Math.min(Math.floor((end - 1) / chunkPlainBytes), last);
  const sealed = readSealed({
    start: first * chunkSealedBytes,
    end: Math.min((until + 1) * chunkSealedBytes, sealedSize(sizeBytes)),
  });
  let index = first;
  for await (const bytes of pieces(sealed, chunkSealedBytes)) {
    const isLast = index === last;
    if (bytes.length !== (isLast ? lastSealedSize(sizeBytes) : chunkSealedBytes))
      throw new SegmentBroken('a stored chunk is cut off');
    const plain = openChunk(key, index, isLast, bytes);
    const from = index * chunkPlainBytes;
    const part = plain.subarray(Math.max(0, start - from), Math.max(0, Math.min(plain.length, end - from)));
    if (part.length > 0) yield part;
    index++;
  }
  if (index !== until + 1) throw new SegmentBroken('stored chunks are missing');
}

/** Length of a sealed segment whose plaintext has `sizeBytes`. */
export function sealedSize(sizeBytes: number): number {
  return lastIndex(sizeBytes) * chunkSealedBytes + lastSealedSize(sizeBytes);
}

function lastIndex(sizeBytes: number): number {
  return Math.max(0, Math.ceil(sizeBytes / chunkPlainBytes) - 1);
}

function lastSealedSize(sizeBytes: number): number {
  return sizeBytes - lastIndex(sizeBytes) * chunkPlainBytes + tagBytes;
}

function sealChunk(key: KeyObject, index: number, isLast: boolean, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(index, isLast), { authTagLength: tagBytes });
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(key: KeyObject, index: number, isLast: boolean, sealed: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, isLast), { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    decipher.final();
  } catch (cause) {
    throw new SegmentBroken('a stored chunk is not what was written', { cause });
  }
  return plaintext;
}

function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}

/** The stream in chunks of the full size, of which only the last may be shorter: it is known to be the last when it is given. */
async function* wholeChunks(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly isLast: boolean }, void, undefined> {
  let held: Uint8Array | null = null;
  for await (const bytes of pieces(stream, chunkPlainBytes)) {
    if (held !== null) yield { bytes: held, isLast: false };
    held = bytes;
  }
  yield { bytes: held ?? new Uint8Array(), isLast: true };
}

/** The stream cut into pieces of `size` bytes; the last may be shorter, none is empty. */
async function* pieces(
  stream: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const bytes of stream) {
    let rest = bytes;
    while (waitingBytes + rest.length >= size) {
      const taken = size - waitingBytes;
      yield joined([...waiting, rest.subarray(0, taken)]);
      rest = rest.subarray(taken);
      waiting = [];
      waitingBytes = 0;
    }
    if (rest.length > 0) {
      waiting.push(rest);
      waitingBytes += rest.length;
    }
  }
  if (waitingBytes > 0) yield joined(waiting);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}
