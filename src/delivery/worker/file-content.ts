/**
 * The bytes of a file: made once, compressed as they come, and kept until they are written. Short ones stand in the
 * store, long ones in the spool, so that no file is ever whole in memory.
 * spec: CFG-DELIVERY-1, CFG-DELIVERY-4
 */
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { put, type Change, type Records } from '../../services/records.ts';
import { deliveries, deliveryBodies, type Content, type DeliveryRecord, type Spool } from './ports.ts';

/** As long as an object that S3 keeps beside its record. */
const bodyMaxBytes = 64 * 1024;
/** A text that ends before it is so long is compressed at one stroke. */
const shortTextMaxLength = 256 * 1024;
export const spoolPrefix = 'spool-';

export interface MadeContent {
  readonly spooled: DeliveryRecord['spooled'];
  /** The changes that keep it, to be committed with the record that says so. */
  readonly changes: readonly Change[];
}

/** Reads the text to its end. @throws what the text throws; then nothing is left behind */
export async function makeContent(
  key: string,
  text: AsyncIterable<string>,
  { spool, newUuid }: { readonly spool: Spool; readonly newUuid: () => string },
): Promise<MadeContent> {
  const chunks = compressed(text);
  const begun: Uint8Array[] = [];
  let begunBytes = 0;
  while (begunBytes <= bodyMaxBytes) {
    const next = await chunks.next();
    if (next.done === true)
      return { spooled: null, changes: [put(deliveryBodies, key, {}, { body: Buffer.concat(begun) })] };
    begun.push(next.value);
    begunBytes += next.value.length;
  }
  const name = `${spoolPrefix}${newUuid()}`;
  const contentBytes = await spool.write(name, continued(begun, chunks));
  return { spooled: { name, contentBytes }, changes: [] };
}

/** `null`: it is no longer kept. */
export async function keptContent(
  key: string,
  { spooled }: DeliveryRecord,
  { records, spool }: { readonly records: Records; readonly spool: Spool },
): Promise<Content | null> {
  if (spooled !== null) return { contentBytes: spooled.contentBytes, read: () => spool.read(spooled.name) };
  const stored = await records.get(deliveryBodies, key);
  return stored?.body == null ? null : contentOf(stored.body);
}

export function contentOf(bytes: Uint8Array): Content {
  return {
    contentBytes: bytes.length,
    read: async function* () {
      if (bytes.length > 0) yield await Promise.resolve(bytes);
    },
  };
}

/** Deletes what a crash left in the spool. Call before deliveries begin. */
export async function sweepSpool(records: Records, spool: Spool): Promise<void> {
  for await (const name of spool.names()) {
    if (!name.startsWith(spoolPrefix)) continue;
    if ((await records.find(deliveries, 'spooled', name, { limit: 1 })).length === 0)
      await spool.delete(name);
  }
}

const gzipChunkBytes = 64 * 1024;

async function* compressed(text: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces = text[Symbol.asyncIterator]();
  let begun = '';
  while (begun.length <= shortTextMaxLength) {
    const next = await pieces.next();
    if (next.done === true) {
      yield gzipSync(begun);
      return;
    }
    begun += next.value;
  }
  const source = Readable.from(joined(begun, pieces), { objectMode: true, highWaterMark: 1 });
  const gzip = createGzip({ chunkSize: gzipChunkBytes });
  source.once('error', (cause) => gzip.destroy(cause));
  try {
    for await (const chunk of source.pipe(gzip)) yield chunk as Uint8Array;
  } finally {
    source.destroy();
  }
}

async function* joined(begun: string, rest: AsyncIterator<string>): AsyncGenerator<string, void, undefined> {
  yield begun;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* continued(
  begun: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* begun;
  yield* rest;
}
