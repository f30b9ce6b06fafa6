import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, listed, s3Calls } from '../../../test/services/s3-calls.ts';
import type { GetObjectAnswer } from './operations/get-object.ts';
import { objectPlace } from './object-place.ts';
import { objects } from './ports.ts';
import { put } from '../records.ts';
import { sweepOrphans } from './sweep.ts';
import { chunkPlainBytes, openRange, sealChunks, sealedSize, segmentKey } from './sealed-segment.ts';

const Bucket = 'config-logs';
const Key = 'a';
const key = segmentKey(new Uint8Array(32), new Uint8Array(16), 'config-logs/a');

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes);
}

/** Sizes around the borders of chunks. */
const sizes = fc.oneof(
  fc.nat(300),
  fc.integer({ min: chunkPlainBytes - 2, max: chunkPlainBytes + 2 }),
  fc.integer({ min: 2 * chunkPlainBytes - 2, max: 2 * chunkPlainBytes + 2 }),
  fc.nat(200_000),
);

function patterned(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at < sizeBytes; at++) bytes[at] = (at * 31 + (at >> 8)) & 0xff;
  return bytes;
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const borders = [
    0,
    ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}

describe('encrypted bodies', () => {
  // spec: S3-REST-2, S3-RANGE-1
  it('whatever pieces a body comes in, what is read is what was put, and any range of it is the slice', async () => {
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        async (sizeBytes, places, from, length) => {
          const s3 = s3Calls();
          await s3.call('CreateBucket', { Bucket });
          const bytes = patterned(sizeBytes);
          await s3.call('PutObject', { Bucket, Key }, { pieces: cut(bytes, places) });
          const whole = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key });
          expect((await bytesOf(whole.Body)).equals(bytes)).toBe(true);
          if (sizeBytes === 0) return;
          const start = from % sizeBytes;
          const end = start + (length % (sizeBytes - start)) + 1;
          const part = await s3.call<GetObjectAnswer>('GetObject', {
            Bucket,
            Key,
            Range: `bytes=${start}-${end - 1}`,
          });
          expect((await bytesOf(part.Body)).equals(bytes.subarray(start, end))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  // spec: S3-REST-2
  it('a changed byte, wherever it is, is never given out', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.integer({ min: 1, max: 255 }), async (sizeBytes, place, flip) => {
        const sealed = Buffer.concat(await listed(sealChunks(key, once(patterned(sizeBytes)))));
        expect(sealed.length).toBe(sealedSize(sizeBytes));
        const at = place % sealed.length;
        sealed[at] = (sealed[at] ?? 0) ^ flip;
        const whole = { start: 0, end: sizeBytes };
        const reading = bytesOf(
          openRange(key, sizeBytes, whole, ({ start, end }) => once(sealed.subarray(start, end))),
        );
        await expect(reading).rejects.toThrow('not what was written');
      }),
      { numRuns: 60 },
    );
  });

  // spec: S3-REST-2
  it('a body that lost its end, or has its chunks in another order, is never given out', async () => {
    const sizeBytes = 3 * chunkPlainBytes;
    const chunks = await listed(sealChunks(key, once(patterned(sizeBytes))));
    const open = (stored: readonly Uint8Array[], claimedBytes: number) => {
      const sealed = Buffer.concat(stored);
      const whole = { start: 0, end: claimedBytes };
      return bytesOf(
        openRange(key, claimedBytes, whole, ({ start, end }) => once(sealed.subarray(start, end))),
      );
    };
    const [first, second, third] = chunks;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three chunks');
    await expect(open([first, second], sizeBytes)).rejects.toThrow('missing');
    await expect(open([first, second], 2 * chunkPlainBytes)).rejects.toThrow('not what was written');
    await expect(open([second, first, third], sizeBytes)).rejects.toThrow('not what was written');
    expect((await open(chunks, sizeBytes)).length).toBe(sizeBytes);
  });

  // spec: S3-REST-1
  it('bytes of one object do not open as those of another, though they have one data key', async () => {
    const s3 = s3Calls();
    await s3.call('CreateBucket', { Bucket });
    await s3.call('PutObject', { Bucket, Key }, { body: 'secret' });
    const stored = await s3.ports.records.get(objects, objectPlace(Bucket, Key));
    if (stored?.body == null) throw new Error('it is small');
    expect(Buffer.from(stored.body).includes('secret')).toBe(false);
    const moved = put(
      objects,
      objectPlace(Bucket, 'b'),
      { ...stored.value, key: 'b' },
      { body: stored.body },
    );
    await s3.ports.records.commit([moved]);
    await expect(s3.call('GetObject', { Bucket, Key: 'b' })).rejects.toThrow('not what was written');
  });

  // spec: S3-REST-4
  it('blobs that no record names are swept at the start, others stay', async () => {
    const s3 = s3Calls();
    await s3.call('CreateBucket', { Bucket });
    await s3.call('PutObject', { Bucket, Key }, { body: patterned(100_000) });
    const { records, blobs } = s3.ports;
    const before = await listed(blobs.names());
    await blobs.write('s3-orphan', once(patterned(10)));
    await blobs.write('other-service', once(patterned(10)));
    await sweepOrphans(records, blobs);
    expect((await listed(blobs.names())).sort()).toEqual(['other-service', ...before].sort());
  });
});
