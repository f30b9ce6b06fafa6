import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  collection,
  expectRevision,
  put,
  remove,
  type Change,
  type Records,
} from '../../src/services/records.ts';
import { openMemory } from '../../src/stores/memory/memory-records.ts';
import { openSqlite } from '../../src/stores/sqlite/sqlite-records.ts';

interface Thing {
  readonly tags: readonly string[];
}

const things = collection<Thing>('differential.things', { tag: (thing) => thing.tags });

// Few keys, so that histories meet; among them the ones that stores order differently.
const key = fc.constantFrom(
  '',
  'a',
  'A',
  'a\u0000',
  'ab',
  'b',
  '\ud7ff',
  '\ue000',
  '\uffee',
  '\u{1f600}',
  '\u{10ffff}',
);
const tag = fc.constantFrom('', 'x', 'X', '\u{1f600}');
const ifRevision = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 2 });
const given = (revision: number | undefined) => (revision === undefined ? {} : { ifRevision: revision });

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(
      key,
      fc.array(tag, { maxLength: 3 }),
      ifRevision,
      fc.option(fc.uint8Array({ maxLength: 4 }), { nil: undefined }),
    )
    .map(([k, tags, revision, body]) =>
      put(things, k, { tags }, { ...given(revision), ...(body && { body }) }),
    ),
  fc.tuple(key, ifRevision).map(([k, revision]) => remove(things, k, given(revision))),
  fc.tuple(key, fc.integer({ min: 0, max: 2 })).map(([k, revision]) => expectRevision(things, k, revision)),
);

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .uniqueArray(change, { maxLength: 4, selector: (c) => c.key })
      .map((changes) => ({ changes })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ prefix: key, after: fc.option(key, { nil: undefined }), limit: fc.nat(5), tag }),
  },
);

async function run(records: Records, history: readonly Step[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const one of history) {
    if ('changes' in one) seen.push(await records.commit(one.changes));
    else {
      const { prefix, after, limit, tag: value } = one;
      const options = { prefix, limit, ...(after === undefined ? {} : { after }) };
      seen.push(await records.list(things, options), await records.find(things, 'tag', value, options));
    }
  }
  const all = await records.list(things);
  seen.push(all, ...(await Promise.all(all.map((record) => records.get(things, record.key)))));
  return seen;
}

type Step =
  | { readonly changes: readonly Change[] }
  | {
      readonly prefix: string;
      readonly after: string | undefined;
      readonly limit: number;
      readonly tag: string;
    };

// spec: STORE-1, STORE-2, STORE-3, STORE-4, STORE-5, STORE-6, STORE-7
test('SQLite answers every history as the memory model does, also after opening again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sealpost-differential-'));
  let place = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (history) => {
        const at = join(folder, String(place++));
        await using model = openMemory();
        let sqlite = await openSqlite(at);
        try {
          expect(normal(await run(sqlite, history))).toEqual(normal(await run(model, history)));
          await sqlite.close();
          sqlite = await openSqlite(at);
          expect(normal(await run(sqlite, []))).toEqual(normal(await run(model, [])));
        } finally {
          await sqlite.close();
        }
      }),
      { numRuns: 100 },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

/** Bodies as text: a Buffer and a Uint8Array of the same bytes are the same answer. */
function normal(seen: readonly unknown[]): string {
  return JSON.stringify(seen, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
}
