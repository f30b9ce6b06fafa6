/** What every implementation of `Blobs` must hold, as a suite that each runs: `blobsContract({ open, isDurable })`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlobMissing, type Blobs } from '../../services/blobs.ts';

export interface BlobsFactory {
  /** Opens the blobs that live at `place`, an empty folder at first; called again as after a crash. */
  readonly open: (place: string) => Promise<Blobs>;
  readonly isDurable: boolean;
}

export function blobsContract({ open, isDurable }: BlobsFactory): void {
  let place: string;
  let blobs: Blobs;
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'sealpost-blobs-'));
    blobs = await open(place);
  });
  afterEach(() => rm(place, { recursive: true, force: true }));

  const read = async (name: string, range?: { start: number; end: number }): Promise<string> =>
    Buffer.concat(await collect(blobs.read(name, range))).toString('latin1');
  const names = async (): Promise<string[]> => (await collect(blobs.names())).toSorted();

  // spec: STORE-20
  test('a blob is read as it was written, whatever the sizes of its chunks', async () => {
    expect(await blobs.write('b', chunksOf('ab', '', 'c'.repeat(700_000), 'd'))).toBe(700_003);
    expect(await read('b')).toBe(`ab${'c'.repeat(700_000)}d`);
  });

  test('an empty blob is there, and is empty', async () => {
    expect(await blobs.write('empty', chunksOf())).toBe(0);
    expect(await read('empty')).toBe('');
    expect(await names()).toEqual(['empty']);
  });

  test('a range begins at its start and stops before its end, and ends with the blob', async () => {
    await blobs.write('b', chunksOf('0123', '456789'));
    expect(await read('b', { start: 0, end: 1 })).toBe('0');
    expect(await read('b', { start: 3, end: 5 })).toBe('34');
    expect(await read('b', { start: 8, end: 99 })).toBe('89');
    expect(await read('b', { start: 5, end: 5 })).toBe('');
    expect(await read('b', { start: 10, end: 99 })).toBe('');
  });

  test('bytes that the writer uses again do not reach the blob', async () => {
    const buffer = Buffer.from('aa');
    await blobs.write(
      'b',
      (async function* () {
        yield buffer;
        buffer.fill('b');
        yield buffer;
      })(),
    );
    expect(await read('b')).toBe('aabb');
  });

  test('a blob that is not there is missing when it is read, not before', async () => {
    const stream = blobs.read('none');
    await expect(collect(stream)).rejects.toThrow(BlobMissing);
  });

  test('a reader that stops early lets the blob be deleted', async () => {
    await blobs.write('b', chunksOf('x'.repeat(700_000)));
    for await (const chunk of blobs.read('b')) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await blobs.delete('b');
    expect(await names()).toEqual([]);
  });

  test('a delete of what is not there does nothing', async () => {
    await blobs.delete('none');
    await blobs.write('b', chunksOf('x'));
    await blobs.delete('b');
    await blobs.delete('b');
    await expect(read('b')).rejects.toThrow(BlobMissing);
  });

  // spec: STORE-20
  test('a stream that throws leaves nothing that could be read or listed', async () => {
    const broken = (async function* () {
      yield Buffer.from('half');
      throw new Error('the client went away');
    })();
    await expect(blobs.write('b', broken)).rejects.toThrow('the client went away');
    await expect(read('b')).rejects.toThrow(BlobMissing);
    expect(await names()).toEqual([]);
    expect(await blobs.write('b', chunksOf('whole'))).toBe(5);
  });

  test('a blob that is being written is not there yet', async () => {
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const writing = blobs.write(
      'b',
      (async function* () {
        yield Buffer.from('first');
        await gate;
        yield Buffer.from('second');
      })(),
    );
    await expect(read('b')).rejects.toThrow(BlobMissing);
    expect(await names()).toEqual([]);
    goOn();
    await writing;
    expect(await read('b')).toBe('firstsecond');
  });

  test('many are written and read at once', async () => {
    const all = Array.from({ length: 50 }, (_, i) => `blob-${String(i).padStart(2, '0')}`);
    await Promise.all(all.map((name) => blobs.write(name, chunksOf(name, name))));
    expect(await names()).toEqual(all);
    expect(await Promise.all(all.map((name) => read(name)))).toEqual(all.map((name) => name + name));
  });

  // spec: STORE-21
  test.each(['', '.', '..', '../b', 'a/b', 'a\\b', 'A', 'a\u0000', 'é', 'a~', '-a', 'a'.repeat(201)])(
    'the name %j is refused, since it may lead elsewhere or clash',
    async (name) => {
      await expect(blobs.write(name, chunksOf('x'))).rejects.toThrow(RangeError);
      expect(await names()).toEqual([]);
    },
  );

  test('a name of 200 characters is kept', async () => {
    await blobs.write('a'.repeat(200), chunksOf('x'));
    expect(await read('a'.repeat(200))).toBe('x');
  });

  test.runIf(isDurable)(
    'what was written is there after opening again; what was half-written is not',
    async () => {
      await blobs.write('b', chunksOf('kept'));
      void blobs.write(
        'half',
        (async function* () {
          yield Buffer.from('half');
          await new Promise(() => undefined);
        })(),
      );
      blobs = await open(place);
      expect(await read('b')).toBe('kept');
      expect(await names()).toEqual(['b']);
      expect(await blobs.write('half', chunksOf('again'))).toBe(5);
    },
  );
}

async function* chunksOf(...chunks: readonly string[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
