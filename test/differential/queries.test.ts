/**
 * Questions to the store in SQLite beside the memory model: records and questions that nobody thought of, with values
 * that mean something in SQL, JSON, paths and patterns. Set SEALPOST_LONG=1 for many.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  Condition,
  GroupOrder,
  Measure,
  Operand,
  Order,
  RecordAggregation,
  RecordSelection,
  Scalar,
  Scope,
} from '../../src/services/record-query.ts';
import { parseAccountId } from '../../src/aws/account-id.ts';
import { resourceKey, resources } from '../../src/services/config/ports.ts';
import { compileQuery } from '../../src/services/config/query/compile-query.ts';
import { parseExpression } from '../../src/services/config/query/parse-expression.ts';
import { collection, put, remove, type RecordStore } from '../../src/services/records.ts';
import { openMemory } from '../../src/stores/memory/memory-records.ts';
import { openSqlite } from '../../src/stores/sqlite/sqlite-records.ts';

const isLong = process.env['SEALPOST_LONG'] !== undefined;

const things = collection<{ readonly kind?: unknown }>(
  'differential.things',
  { byKind: ({ kind }) => (typeof kind === 'string' ? [kind] : []) },
  ['byKind'],
);

const text = fc.constantFrom(
  ...[
    '',
    'a',
    'A',
    'abc',
    'abcd',
    'ab%',
    "it's",
    '"',
    '\\',
    '1',
    'true',
    'é',
    '\uffee',
    '\u{1f600}',
    'abc\u{1f600}',
  ],
);
// Halves and small whole numbers: their sums are the same in any order.
const number = fc.constantFrom(-1, 0, 0.5, 1, 2, 10, 1e15, 1e21, -2.5);
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean());
const member = fc.constantFrom('a', 'b', 'kind', 'c-1');
const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(member, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const thing = fc.dictionary(member, json, { maxKeys: 4 });
const key = fc.constantFrom('', 'p/1', 'p/2', 'p/\u{1f600}', 'p/\uffee', 'q/1', 'q/a', 'r');
const stored = fc.dictionary(key, thing, { maxKeys: 8 });

const path = fc.array(member, { minLength: 1, maxLength: 4 });
const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('path' as const), path }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('path' as const),
      path,
      onlyIf: fc.record({ path, startsWith: text }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('entries' as const),
      path,
      part: fc.constantFrom('key' as const, 'value' as const, 'pair' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('constant' as const), value: scalar }) },
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('test' as const),
      operand,
      test: fc.constantFrom('=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
      value: scalar,
    }),
    fc.record({
      kind: fc.constant('test' as const),
      operand,
      test: fc.constant('between' as const),
      low: scalar,
      high: scalar,
    }),
    fc.record({
      kind: fc.constant('test' as const),
      operand,
      test: fc.constant('among' as const),
      values: fc.array(scalar, { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('test' as const),
      operand,
      test: fc.constant('like' as const),
      startsWith: text,
      restMin: fc.nat(2),
      restMax: fc.option(fc.nat(3)),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('condition'), { maxLength: 3 }),
    }),
  ),
})).condition;
const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.record({
    kind: fc.constant('keys' as const),
    prefixes: fc.constantFrom([''], ['p/'], ['q/', 'p/'], ['p/1', 'r'], []),
  }),
  fc.record({ kind: fc.constant('index' as const), index: fc.constant('byKind'), value: text }),
);
const orderBy: fc.Arbitrary<readonly Order[]> = fc.array(fc.record({ operand, isDescending: fc.boolean() }), {
  maxLength: 3,
});
const selection: fc.Arbitrary<RecordSelection> = fc.record({
  scope,
  where: condition,
  orderBy,
  limit: fc.constantFrom(0, 1, 2, 100),
});
const measure: fc.Arbitrary<Measure> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), operand: fc.option(operand) }),
  fc.record({
    kind: fc.constantFrom('min' as const, 'max' as const, 'sum' as const, 'avg' as const),
    operand,
  }),
);
const aggregation: fc.Arbitrary<RecordAggregation> = fc
  .record({
    scope,
    where: condition,
    groupBy: fc.array(operand, { maxLength: 3 }),
    measures: fc.array(measure, { maxLength: 3 }),
    limit: fc.constantFrom(0, 1, 2, 100),
  })
  .chain((question): fc.Arbitrary<RecordAggregation> => {
    const orders: readonly (readonly [GroupOrder['by'], number])[] = [
      ...question.groupBy.map((_, index) => ['group', index] as const),
      ...question.measures.map((_, index) => ['measure', index] as const),
    ];
    if (orders.length === 0) return fc.constant({ ...question, orderBy: [] });
    const order = fc
      .tuple(fc.constantFrom(...orders), fc.boolean())
      .map(([[by, index], isDescending]): GroupOrder => ({ by, index, isDescending }));
    const orderBy = fc.array(order, { maxLength: 2 });
    return orderBy.map((orderBy) => ({ ...question, orderBy }));
  });

const account = parseAccountId('111122223333');
if (account === null) throw new Error('not an account ID');
const place = { account, region: 'us-east-1' };

let folder: string;
let memory: RecordStore;
let sqlite: RecordStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-queries-'));
  memory = openMemory();
  sqlite = await openSqlite(folder);
});
afterAll(async () => {
  await sqlite.close();
  await rm(folder, { recursive: true, force: true });
});

async function store(records: Readonly<Record<string, object>>): Promise<void> {
  for (const into of [memory, sqlite]) {
    const before = await into.list(things);
    await into.commit(before.map((record) => remove(things, record.key)));
    await into.commit(Object.entries(records).map(([key, value]) => put(things, key, value)));
  }
}

// spec: STORE-10
test('every selection is the same in SQLite as in memory, and so is what follows each of its records', async () => {
  await fc.assert(
    fc.asyncProperty(
      stored,
      fc.array(selection, { minLength: 1, maxLength: 8 }),
      async (records, questions) => {
        await store(records);
        for (const question of questions) {
          const expected = await memory.select(things, question);
          expect(await sqlite.select(things, question)).toEqual(expected);
          const after = expected.at(-1)?.position;
          if (after === undefined) continue;
          const next = { ...question, after };
          expect(await sqlite.select(things, next)).toEqual(await memory.select(things, next));
        }
      },
    ),
    { numRuns: isLong ? 20_000 : 60 },
  );
}, 3_600_000);

// spec: STORE-10
test('every aggregation is the same in SQLite as in memory, and so is what follows its groups', async () => {
  await fc.assert(
    fc.asyncProperty(
      stored,
      fc.array(aggregation, { minLength: 1, maxLength: 8 }),
      async (records, questions) => {
        await store(records);
        for (const question of questions) {
          const expected = await memory.aggregate(things, question);
          expect(await sqlite.aggregate(things, question)).toEqual(expected);
          const after = expected.at(-1)?.values;
          if (after === undefined || question.orderBy.some(({ by }) => by === 'measure')) continue;
          const next = { ...question, after };
          expect(await sqlite.aggregate(things, next)).toEqual(await memory.aggregate(things, next));
        }
      },
    ),
    { numRuns: isLong ? 20_000 : 60 },
  );
}, 3_600_000);

// spec: STORE-11
test('every tally is the same in SQLite as in memory', async () => {
  await fc.assert(
    fc.asyncProperty(stored, text, async (records, prefix) => {
      await store(records);
      expect(await sqlite.tally(things, 'byKind', prefix)).toEqual(
        await memory.tally(things, 'byKind', prefix),
      );
    }),
    { numRuns: isLong ? 2_000 : 20 },
  );
});

// spec: STORE-10, CFG-QUERY-8
test.each([
  ['many alternatives', filled('SELECT resourceId WHERE ', 'configuration.a=1', ' OR ')],
  ['many conditions', filled('SELECT resourceId WHERE ', 'NOT arn=1', ' AND ')],
  ['deep paths', filled('SELECT resourceId WHERE ', `configuration${'.a'.repeat(31)}=1`, ' OR ')],
  ['many values', `${filled('SELECT resourceId WHERE configuration.size IN (1,', '2', ',').slice(0, -2)})`],
  ['many types', `${filled("SELECT resourceId WHERE resourceType IN ('a',", "'b'", ',').slice(0, -4)})`],
  ['many sums', filled('SELECT ', 'SUM(configuration.size)', ',')],
  [
    'a long order',
    `SELECT resourceId ORDER BY ${Array.from({ length: 32 }, (_, n) => `configuration${'.a'.repeat(31)}${String(n)}`).join()}`,
  ],
  ['nested conditions', `SELECT resourceId WHERE ${'(arn=2 OR NOT '.repeat(49)}arn=1${')'.repeat(49)}`],
])('the largest expressions are answered: %s', async (_, expression) => {
  expect(expression.length).toBeLessThanOrEqual(4096);
  const query = compileQuery(parseExpression(expression), place);
  const ask = async (records: RecordStore): Promise<unknown> => {
    if (query.kind === 'groups') return records.aggregate(resources, { ...query.aggregation, limit: 10 });
    const found = await records.select(resources, { ...query.selection, limit: 10 });
    const [first] = found;
    const rest =
      first === undefined
        ? []
        : await records.select(resources, { ...query.selection, after: first.position, limit: 10 });
    expect(rest).toEqual(found.slice(1));
    return found;
  };
  const item = { account: place.account, status: 'OK', resourceType: 'a', configuration: { size: 2 } };
  const changes = ['1', '2'].map((resourceId) =>
    put(resources, resourceKey(place, 'a', resourceId), { ...place, item: { ...item, resourceId } } as never),
  );
  for (const records of [memory, sqlite]) await records.commit(changes);
  expect(await ask(sqlite)).toEqual(await ask(memory));
});

function filled(start: string, part: string, join: string): string {
  let text = start + part;
  while (text.length + join.length + part.length <= 4096) text += join + part;
  return text;
}
