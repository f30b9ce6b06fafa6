/**
 * What questions mean, for every store: examples that a person can check, and then the memory model beside it on
 * questions that nobody thought of.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  always,
  type Condition,
  type Operand,
  type RecordAggregation,
  type Scalar,
  type Scope,
  type ValueTest,
} from '../../services/record-query.ts';
import { collection, put, remove, type RecordStore } from '../../services/records.ts';
import type { RecordsFactory } from './records-contract.ts';

interface Thing {
  readonly kind?: string;
  readonly [member: string]: unknown;
}

const queried = collection<Thing>(
  'contract.queried',
  {
    byKind: ({ kind }) => (kind === undefined ? [] : [kind]),
    byTag: ({ tags }) => (Array.isArray(tags) ? (tags as readonly string[]) : []),
  },
  ['byKind', 'byTag'],
);
const uncounted = collection<Thing>('contract.queried', { byKind: queried.indexes['byKind'] ?? (() => []) });

export function queriesContract({ open }: Omit<RecordsFactory, 'isDurable'>): void {
  let place: string;
  let records: RecordStore;

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'sealpost-queries-'));
    records = await open(place);
  });
  afterEach(async () => {
    await records.close();
    await rm(place, { recursive: true, force: true });
  });

  const store = (things: Readonly<Record<string, Thing>>): Promise<unknown> =>
    records.commit(Object.entries(things).map(([key, thing]) => put(queried, key, thing)));
  const keysWhere = async (where: Condition, scope: Scope = everywhere): Promise<readonly string[]> =>
    (await records.select(queried, { scope, where, orderBy: [], limit: 100 })).map(
      ({ record }) => record.key,
    );
  const grouped = (question: Partial<RecordAggregation>) =>
    records.aggregate(queried, {
      scope: everywhere,
      where: always,
      groupBy: [],
      measures: [],
      orderBy: [],
      limit: 100,
      ...question,
    });

  // spec: STORE-10
  test('a comparison holds for values of its own type alone', async () => {
    await store({
      text: { a: '1' },
      number: { a: 1 },
      half: { a: 1.5 },
      yes: { a: true },
      no: { a: false },
      nothing: { a: null },
      missing: {},
      object: { a: { b: 1 } },
    });
    expect(await keysWhere(where('a', { test: '=', value: '1' }))).toEqual(['text']);
    expect(await keysWhere(where('a', { test: '=', value: 1 }))).toEqual(['number']);
    expect(await keysWhere(where('a', { test: '=', value: true }))).toEqual(['yes']);
    expect(await keysWhere(where('a', { test: '>', value: 0 }))).toEqual(['half', 'number']);
    expect(await keysWhere(where('a', { test: '<=', value: 'z' }))).toEqual(['text']);
    expect(await keysWhere(where('a', { test: '>=', value: false }))).toEqual(['no', 'yes']);
    expect(await keysWhere(where('a', { test: 'between', low: 1, high: 1.4 }))).toEqual(['number']);
    expect(await keysWhere(where('a', { test: 'between', low: 0, high: 'z' }))).toEqual([]);
    expect(await keysWhere(where('a', { test: 'among', values: ['1', 1.5, true] }))).toEqual([
      'half',
      'text',
      'yes',
    ]);
    expect(await keysWhere(where('a', { test: 'among', values: [] }))).toEqual([]);
  });

  // spec: STORE-10
  test('a condition on a path through arrays holds if it holds for any element, each condition for itself', async () => {
    await store({
      both: {
        rules: [
          { name: 'A', is: 'compliant' },
          { name: 'B', is: 'not' },
        ],
      },
      one: { rules: { name: 'A', is: 'not' } },
      plain: { rules: ['A'] },
      empty: { rules: [] },
    });
    const named = (value: Scalar) => where('rules.name', { test: '=', value });
    const judged = (value: Scalar) => where('rules.is', { test: '=', value });
    expect(await keysWhere(all(named('A'), judged('not')))).toEqual(['both', 'one']);
    expect(await keysWhere(all(named('A'), not(judged('not'))))).toEqual([]);
    expect(await keysWhere(all(named('A'), not(named('B'))))).toEqual(['one']);
    expect(await keysWhere(where('rules', { test: '=', value: 'A' }))).toEqual(['plain']);
    expect(await keysWhere(not(named('A')))).toEqual(['empty', 'plain']);
  });

  // spec: STORE-10
  test('conditions are joined, and turned around where there is no value, too', async () => {
    await store({ a: { n: 1 }, b: { n: 2 }, c: {} });
    const is = (value: Scalar) => where('n', { test: '=', value });
    expect(await keysWhere({ kind: 'any', of: [is(1), is(2)] })).toEqual(['a', 'b']);
    expect(await keysWhere(not(is(1)))).toEqual(['b', 'c']);
    expect(await keysWhere(always)).toEqual(['a', 'b', 'c']);
    expect(await keysWhere({ kind: 'any', of: [] })).toEqual([]);
    expect(await keysWhere(not({ kind: 'any', of: [] }))).toEqual(['a', 'b', 'c']);
  });

  // spec: STORE-10
  test('a beginning is compared byte by byte, the rest is counted in characters', async () => {
    await store({
      1: { a: 'abc' },
      2: { a: 'abcd' },
      3: { a: 'abc\u{1f600}' },
      4: { a: 'abcde' },
      5: { a: 'ABCD' },
      6: { a: 'abd' },
      7: { a: 'ab%' },
    });
    const like = (startsWith: string, restMin: number, restMax: number | null) =>
      keysWhere(where('a', { test: 'like', startsWith, restMin, restMax }));
    expect(await like('abc', 0, null)).toEqual(['1', '2', '3', '4']);
    expect(await like('abc', 1, 1)).toEqual(['2', '3']);
    expect(await like('abc', 1, null)).toEqual(['2', '3', '4']);
    expect(await like('abc', 0, 0)).toEqual(['1']);
    expect(await like('ab%', 0, null)).toEqual(['7']);
  });

  // spec: STORE-10
  test('the members of an object are found by name, by value and by both', async () => {
    await store({
      a: { tags: { team: 'x', stage: 'prod' } },
      b: { tags: { team: 'prod' } },
      c: { tags: {} },
      d: {},
      e: { tags: ['team'] },
    });
    const tagged = (part: 'key' | 'value' | 'pair', value: string) =>
      keysWhere({ kind: 'test', operand: { kind: 'entries', path: ['tags'], part }, test: '=', value });
    expect(await tagged('key', 'stage')).toEqual(['a']);
    expect(await tagged('value', 'prod')).toEqual(['a', 'b']);
    expect(await tagged('pair', 'team=prod')).toEqual(['b']);
    expect(await tagged('key', 'team')).toEqual(['a', 'b']);
  });

  // spec: STORE-10
  test('a path that counts only under a condition has no value otherwise', async () => {
    await store({ a: { type: 'AWS::x', n: 1 }, b: { type: 'Acme::x', n: 1 }, c: { n: 1 } });
    const operand: Operand = { ...path('n'), onlyIf: { path: ['type'], startsWith: 'AWS::' } };
    expect(await keysWhere({ kind: 'test', operand, test: '=', value: 1 })).toEqual(['a']);
    expect(await keysWhere(not({ kind: 'test', operand, test: '=', value: 1 }))).toEqual(['b', 'c']);
    expect(await grouped({ groupBy: [operand], measures: [counted] })).toEqual([
      { values: [null], measures: [2] },
      { values: [1], measures: [1] },
    ]);
  });

  // spec: STORE-10
  test('only the records of the scope are looked at, in the order of their keys', async () => {
    await store({ 'a/2': { kind: 'x' }, 'a/1': { kind: 'y' }, 'b/1': { kind: 'x' }, c: { kind: 'x' } });
    await records.commit([remove(queried, 'c')]);
    expect(await keysWhere(always, { kind: 'keys', prefixes: ['a/'] })).toEqual(['a/1', 'a/2']);
    expect(await keysWhere(always, { kind: 'keys', prefixes: ['b/', 'a/2'] })).toEqual(['a/2', 'b/1']);
    expect(await keysWhere(always, { kind: 'keys', prefixes: [] })).toEqual([]);
    expect(await keysWhere(always, { kind: 'index', index: 'byKind', value: 'x' })).toEqual(['a/2', 'b/1']);
    await expect(keysWhere(always, { kind: 'index', index: 'none', value: 'x' })).rejects.toThrow(TypeError);
  });

  // spec: STORE-10
  test('records are sorted by several values of any type, and paged through in both directions', async () => {
    await store({
      a: { n: 2, s: 'x' },
      b: { n: 10, s: 'y' },
      c: { n: '10' },
      d: {},
      e: { n: true },
      f: { n: 2, s: 'w' },
      g: { n: [3, 1] },
      h: { n: 2, s: 'w' },
    });
    for (const isDescending of [false, true]) {
      const orderBy = [
        { operand: path('n'), isDescending },
        { operand: path('s'), isDescending: !isDescending },
      ];
      const question = { scope: everywhere, where: always, orderBy };
      const sorted = await records.select(queried, { ...question, limit: 100 });
      expect(sorted.map(({ record }) => record.key)).toEqual(
        isDescending ? ['c', 'b', 'g', 'f', 'h', 'a', 'e', 'd'] : ['d', 'e', 'a', 'f', 'h', 'g', 'b', 'c'],
      );
      expect(sorted[0]?.position.values).toEqual(isDescending ? ['10', null] : [null, null]);
      for (const [index, { position }] of sorted.entries()) {
        const rest = await records.select(queried, { ...question, after: position, limit: 2 });
        expect(rest).toEqual(sorted.slice(index + 1, index + 3));
      }
    }
  });

  // spec: STORE-10
  test('a page goes on after a record that is gone', async () => {
    await store({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 } });
    const orderBy = [{ operand: path('n'), isDescending: false }];
    const question = { scope: everywhere, where: always, orderBy, limit: 1 };
    const [first] = await records.select(queried, question);
    await records.commit([remove(queried, 'a')]);
    const after = first?.position ?? { values: [], key: '' };
    expect((await records.select(queried, { ...question, after })).map(({ record }) => record.key)).toEqual([
      'b',
    ]);
    const byKey = { ...question, orderBy: [], after: { values: [], key: 'bb' } };
    expect((await records.select(queried, byKey)).map(({ record }) => record.key)).toEqual(['c']);
  });

  // spec: STORE-10
  test('what is measured passes over what it cannot use', async () => {
    await store({ a: { n: 1 }, b: { n: 2.5 }, c: { n: 'x' }, d: { n: true }, e: {} });
    const operand = path('n');
    const measures = [
      counted,
      ...(['count', 'min', 'max', 'sum', 'avg'] as const).map((kind) => ({ kind, operand })),
    ];
    expect(await grouped({ measures })).toEqual([{ values: [], measures: [5, 4, 1, 'x', 3.5, 1.75] }]);
    expect(await grouped({ measures, where: { kind: 'any', of: [] } })).toEqual([
      { values: [], measures: [0, 0, null, null, null, null] },
    ]);
  });

  // spec: STORE-10
  test('groups are told apart by type, come in order and are paged through', async () => {
    await store({
      a: { g: 'x', n: 1 },
      b: { g: 'x', n: 2 },
      c: { g: 'y', n: 9 },
      d: { n: 4 },
      e: { g: true, n: 1 },
      f: { g: 1, n: 1 },
    });
    const question = {
      groupBy: [path('g')],
      measures: [counted, { kind: 'sum', operand: path('n') } as const],
    };
    const groups = await grouped(question);
    expect(groups).toEqual([
      { values: [null], measures: [1, 4] },
      { values: [true], measures: [1, 1] },
      { values: [1], measures: [1, 1] },
      { values: ['x'], measures: [2, 3] },
      { values: ['y'], measures: [1, 9] },
    ]);
    for (const [index, { values }] of groups.entries())
      expect(await grouped({ ...question, after: values, limit: 2 })).toEqual(
        groups.slice(index + 1, index + 3),
      );
    const bySum = { by: 'measure', index: 1, isDescending: true } as const;
    expect((await grouped({ ...question, orderBy: [bySum] })).map(({ values }) => values[0])).toEqual([
      'y',
      null,
      'x',
      true,
      1,
    ]);
    expect(await grouped({ ...question, groupBy: [], where: where('g', { test: '=', value: 'z' }) })).toEqual(
      [{ values: [], measures: [0, null] }],
    );
    expect(await grouped({ ...question, where: where('g', { test: '=', value: 'z' }) })).toEqual([]);
  });

  // spec: STORE-10
  test('a value is never part of the language of the store', async () => {
    const evil = `x'; DROP TABLE records; --"?1`;
    await store({ a: { n: evil } });
    expect(await keysWhere(where('n', { test: '=', value: evil }))).toEqual(['a']);
    expect(await keysWhere(where('n', { test: 'among', values: [evil] }))).toEqual(['a']);
    expect(await keysWhere(where('n', { test: '=', value: `' OR '1'='1` }))).toEqual([]);
  });

  // spec: STORE-11
  test('an index is counted by its values, through every change', async () => {
    await store({ a: { kind: 'x/1' }, b: { kind: 'x/1' }, c: { kind: 'x/2' }, d: { kind: 'y' }, e: {} });
    await records.commit([put(queried, 'b', { kind: 'x/2' }), remove(queried, 'd')]);
    await records.commit([put(queried, 'c', { kind: 'x/2', changed: true }), remove(queried, 'none')]);
    expect(await records.tally(queried, 'byKind', 'x/')).toEqual([
      { value: 'x/1', count: 1 },
      { value: 'x/2', count: 2 },
    ]);
    expect(await records.tally(queried, 'byKind', 'y')).toEqual([]);
    expect(await records.tally(queried, 'byKind', 'z')).toEqual([]);
    expect(await records.commit([remove(queried, 'a'), remove(queried, 'b', { ifRevision: 9 })])).toBe(
      'conflict',
    );
    expect(await records.tally(queried, 'byKind', 'x/1')).toEqual([{ value: 'x/1', count: 1 }]);
  });

  // spec: STORE-11
  test('a record counts once for each value of its own', async () => {
    await store({ a: { tags: ['t', 't', 'u'] }, b: { tags: ['t'] } });
    expect(await records.tally(queried, 'byTag', '')).toEqual([
      { value: 't', count: 2 },
      { value: 'u', count: 1 },
    ]);
  });

  test('an index that is not there, or not counted, is not counted', async () => {
    await expect(records.tally(queried, 'none', '')).rejects.toThrow(TypeError);
    await expect(records.tally(uncounted, 'byKind', '')).rejects.toThrow(TypeError);
  });
}

const everywhere: Scope = { kind: 'keys', prefixes: [''] };
const counted = { kind: 'count', operand: null } as const;

function path(dotted: string): Extract<Operand, { kind: 'path' }> {
  return { kind: 'path', path: dotted.split('.') };
}

function where(dotted: string, test: ValueTest): Condition {
  return { kind: 'test', operand: path(dotted), ...test };
}

function all(...of: readonly Condition[]): Condition {
  return { kind: 'all', of };
}

function not(of: Condition): Condition {
  return { kind: 'not', of };
}
