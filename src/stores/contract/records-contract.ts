/**
 * What every store must hold, as a suite that each implementation runs: `recordsContract({ open, isDurable })`.
 * A store that cannot hold one of these is not a store for Sealpost.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  collection,
  CommitMalformed,
  expectRevision,
  put,
  remove,
  StoreUnavailable,
  type Change,
  type RecordStore,
} from '../../services/records.ts';

export interface RecordsFactory {
  /** Opens the store that lives at `place`, an empty folder at first. Called again after `close`. */
  readonly open: (place: string) => Promise<RecordStore>;
  /** Whether what was committed is there after closing and opening again. */
  readonly isDurable: boolean;
}

interface Thing {
  readonly name: string;
  readonly tags?: readonly string[];
}

const things = collection<Thing>('contract.things', { byTag: (thing) => thing.tags ?? [] });
const others = collection<Thing>('contract.others');

// Keys in the order of their UTF-8 bytes. By UTF-16 units the last would stand before the one above it;
// by a language's order 'a', 'B', 'é' would change places.
const keysInByteOrder = ['', '\u0000', ' ', 'B', 'a', 'a\u0000', 'a/', 'ab', 'b', 'é', '\uffee', '\u{1f600}'];

export function recordsContract({ open, isDurable }: RecordsFactory): void {
  let place: string;
  let records: RecordStore;

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'sealpost-records-'));
    records = await open(place);
  });
  afterEach(async () => {
    await records.close();
    await rm(place, { recursive: true, force: true });
  });

  const keys = async (options = {}): Promise<string[]> =>
    (await records.list(things, options)).map((record) => record.key);

  // spec: STORE-1
  test('a missing record is null and an empty collection is an empty list', async () => {
    expect(await records.get(things, 'nothing')).toBeNull();
    expect(await records.list(things)).toEqual([]);
    expect(await records.find(things, 'byTag', 'nothing')).toEqual([]);
  });

  test('a record is read as it was written, with revision 1', async () => {
    expect(await records.commit([put(things, 'k', { name: 'é\u{1f600}\u0000', tags: ['x'] })])).toBe(
      'committed',
    );
    expect(await records.get(things, 'k')).toEqual({
      key: 'k',
      value: { name: 'é\u{1f600}\u0000', tags: ['x'] },
      revision: 1,
      body: null,
    });
  });

  test('what a caller changes in its objects afterwards does not reach the store', async () => {
    const value = { name: 'before' };
    const body = Uint8Array.of(1, 2);
    await records.commit([put(things, 'k', value, { body })]);
    value.name = 'after';
    body[0] = 9;
    const read = await records.get(things, 'k');
    expect([read?.value.name, [...(read?.body ?? [])]]).toEqual(['before', [1, 2]]);
  });

  test('two collections do not see each other', async () => {
    await records.commit([put(things, 'k', { name: 'thing' }), put(others, 'k', { name: 'other' })]);
    await records.commit([remove(things, 'k')]);
    expect(await records.get(things, 'k')).toBeNull();
    expect((await records.get(others, 'k'))?.value.name).toBe('other');
  });

  // spec: STORE-2
  test('keys that differ in case only are different records', async () => {
    await records.commit([put(things, 'Role', { name: 'upper' }), put(things, 'role', { name: 'lower' })]);
    expect((await records.get(things, 'Role'))?.value.name).toBe('upper');
    expect((await records.get(things, 'role'))?.value.name).toBe('lower');
    expect(await records.get(things, 'ROLE')).toBeNull();
  });

  test('index values that differ in case only, or by a trailing space, find different records', async () => {
    await records.commit([
      put(things, '1', { name: 'a', tags: ['Tag'] }),
      put(things, '2', { name: 'b', tags: ['tag'] }),
      put(things, '3', { name: 'c', tags: ['tag '] }),
    ]);
    expect((await records.find(things, 'byTag', 'tag')).map((record) => record.key)).toEqual(['2']);
  });

  // spec: STORE-3
  test('records are listed in the order of the UTF-8 bytes of their keys', async () => {
    const shuffled = [...keysInByteOrder].reverse();
    await records.commit(shuffled.map((key) => put(things, key, { name: key, tags: ['all'] })));
    expect(await keys()).toEqual(keysInByteOrder);
    expect((await records.find(things, 'byTag', 'all')).map((record) => record.key)).toEqual(keysInByteOrder);
  });

  test('a listing starts after a key that need not exist', async () => {
    await records.commit(['a', 'c', 'd'].map((key) => put(things, key, { name: key, tags: ['t'] })));
    expect(await keys({ after: 'b' })).toEqual(['c', 'd']);
    expect(await keys({ after: 'c' })).toEqual(['d']);
    expect(await keys({ after: '' })).toEqual(['a', 'c', 'd']);
    expect((await records.find(things, 'byTag', 't', { after: 'a', limit: 1 })).map((r) => r.key)).toEqual([
      'c',
    ]);
  });

  test('a prefix selects by code points, not by pattern or case', async () => {
    const stored = [
      'a',
      'a%',
      'a%b',
      'a_',
      'A%',
      'b',
      '\u{10ffff}',
      '\u{10ffff}x',
      'a\u{10ffff}z',
      '\ud7ff',
      '\ud7ffx',
      '\ue000',
    ];
    await records.commit(stored.map((key) => put(things, key, { name: key, tags: ['t'] })));
    expect(await keys({ prefix: 'a%' })).toEqual(['a%', 'a%b']);
    expect(await keys({ prefix: '\u{10ffff}' })).toEqual(['\u{10ffff}', '\u{10ffff}x']);
    expect(await keys({ prefix: 'a\u{10ffff}' })).toEqual(['a\u{10ffff}z']);
    expect(await keys({ prefix: '\ud7ff' })).toEqual(['\ud7ff', '\ud7ffx']);
    expect((await records.find(things, 'byTag', 't', { prefix: 'a%' })).map((r) => r.key)).toEqual([
      'a%',
      'a%b',
    ]);
    expect(await keys({ prefix: 'a', after: 'a%' })).toEqual(['a%b', 'a_', 'a\u{10ffff}z']);
  });

  test('a limit cuts the listing, which is 1,000 long unless told otherwise', async () => {
    await records.commit(
      Array.from({ length: 1001 }, (_, i) => put(things, String(i).padStart(4, '0'), { name: '' })),
    );
    expect((await keys()).length).toBe(1000);
    expect((await keys({ limit: 1001 })).length).toBe(1001);
    expect(await keys({ limit: 2 })).toEqual(['0000', '0001']);
    expect(await keys({ limit: 0 })).toEqual([]);
  });

  // spec: STORE-3
  test('paging by the last key survives writes in between', async () => {
    await records.commit(['b', 'd', 'f', 'h'].map((key) => put(things, key, { name: key })));
    const first = await keys({ limit: 2 });
    await records.commit([
      remove(things, 'd'),
      put(things, 'a', { name: 'a' }),
      put(things, 'e', { name: 'e' }),
    ]);
    expect([...first, ...(await keys({ after: first.at(-1) }))]).toEqual(['b', 'd', 'e', 'f', 'h']);
  });

  // spec: STORE-4
  test('a revision counts the writes of a key and starts anew after a delete', async () => {
    const revision = async (): Promise<number | undefined> => (await records.get(things, 'k'))?.revision;
    await records.commit([put(things, 'k', { name: '1' })]);
    await records.commit([put(things, 'k', { name: '2' })]);
    expect(await revision()).toBe(2);
    await records.commit([remove(things, 'k')]);
    expect(await revision()).toBeUndefined();
    await records.commit([put(things, 'k', { name: '3' })]);
    expect(await revision()).toBe(1);
  });

  test('a put with revision 0 creates, and never overwrites', async () => {
    expect(await records.commit([put(things, 'k', { name: '1' }, { ifRevision: 0 })])).toBe('committed');
    expect(await records.commit([put(things, 'k', { name: '2' }, { ifRevision: 0 })])).toBe('conflict');
    expect((await records.get(things, 'k'))?.value.name).toBe('1');
  });

  test('of two writers that read the same revision one gets a conflict', async () => {
    await records.commit([put(things, 'k', { name: 'start' })]);
    const outcomes = await Promise.all(
      ['left', 'right'].map((name) => records.commit([put(things, 'k', { name }, { ifRevision: 1 })])),
    );
    expect(outcomes.toSorted()).toEqual(['committed', 'conflict']);
    expect((await records.get(things, 'k'))?.revision).toBe(2);
  });

  test('a delete and an expectation hold their revision, too', async () => {
    await records.commit([put(things, 'k', { name: '1' })]);
    expect(await records.commit([remove(things, 'k', { ifRevision: 2 })])).toBe('conflict');
    expect(await records.commit([expectRevision(things, 'k', 2), put(things, 'l', { name: '' })])).toBe(
      'conflict',
    );
    expect(await records.get(things, 'l')).toBeNull();
    expect(await records.commit([expectRevision(things, 'none', 0), expectRevision(things, 'k', 1)])).toBe(
      'committed',
    );
    expect((await records.get(things, 'k'))?.revision).toBe(1);
    expect(await records.commit([remove(things, 'k', { ifRevision: 1 })])).toBe('committed');
    expect(await records.commit([remove(things, 'k', { ifRevision: 1 })])).toBe('conflict');
  });

  test('a delete of what is not there changes nothing and is no conflict', async () => {
    expect(await records.commit([remove(things, 'k')])).toBe('committed');
    expect(await records.commit([remove(things, 'k', { ifRevision: 0 })])).toBe('committed');
  });

  test('an empty commit is committed', async () => {
    expect(await records.commit([])).toBe('committed');
  });

  // spec: STORE-5
  test.each([0, 1, 2, 3])(
    'a conflict in change %i leaves no change of the commit behind',
    async (failing) => {
      await records.commit([put(things, 'old', { name: 'old', tags: ['t'] }, { body: Uint8Array.of(1) })]);
      const changes: Change[] = [
        put(things, 'new', { name: 'new', tags: ['t'] }),
        put(things, 'old', { name: 'changed', tags: ['u'] }, { body: Uint8Array.of(2) }),
        remove(others, 'none'),
      ];
      changes.splice(failing, 0, expectRevision(others, 'missing', 7));
      expect(await records.commit(changes)).toBe('conflict');
      expect(await records.get(things, 'new')).toBeNull();
      expect(await records.get(things, 'old')).toEqual({
        key: 'old',
        value: { name: 'old', tags: ['t'] },
        revision: 1,
        body: Uint8Array.of(1),
      });
      expect((await records.find(things, 'byTag', 't')).map((r) => r.key)).toEqual(['old']);
      expect(await records.find(things, 'byTag', 'u')).toEqual([]);
    },
  );

  test.each([0, 1, 2])(
    'a value that is no JSON in change %i fails the commit as a whole',
    async (failing) => {
      const circular: Record<string, unknown> = { name: 'circular' };
      circular['self'] = circular;
      const changes: Change[] = [put(things, 'a', { name: 'a' }), put(things, 'b', { name: 'b' })];
      changes.splice(failing, 0, put(things, 'c', circular as unknown as Thing));
      await expect(records.commit(changes)).rejects.toThrow();
      expect(await records.list(things)).toEqual([]);
      expect(await records.commit([put(things, 'a', { name: 'a' })])).toBe('committed');
    },
  );

  test('a commit that names one key twice, or a key that is no Unicode, is refused as a fault', async () => {
    const twice = [put(things, 'k', { name: '1' }), remove(things, 'k')];
    await expect(records.commit(twice)).rejects.toThrow(CommitMalformed);
    await expect(records.commit([put(things, '\ud800', { name: '' })])).rejects.toThrow(CommitMalformed);
    expect(await records.list(things)).toEqual([]);
  });

  test('one commit that fails does not fail those that wait beside it', async () => {
    const outcomes = await Promise.allSettled([
      records.commit([put(things, 'a', { name: 'a' })]),
      records.commit([put(things, 'b', { name: 'b' }), expectRevision(things, 'x', 1)]),
      records.commit([put(things, '\ud800', { name: 'c' })]),
      records.commit([put(things, 'd', { name: 'd' })]),
    ]);
    expect(outcomes.map((o) => (o.status === 'fulfilled' ? o.value : 'rejected'))).toEqual([
      'committed',
      'conflict',
      'rejected',
      'committed',
    ]);
    expect(await keys()).toEqual(['a', 'd']);
  });

  test('of a hundred concurrent increments by revision none is lost', async () => {
    const counters = collection<{ count: number }>('contract.counters');
    await records.commit([put(counters, 'n', { count: 0 })]);
    const increment = async (): Promise<void> => {
      for (;;) {
        const read = await records.get(counters, 'n');
        if (read === null) throw new Error('the counter is gone');
        const next = put(counters, 'n', { count: read.value.count + 1 }, { ifRevision: read.revision });
        if ((await records.commit([next])) === 'committed') return;
      }
    };
    await Promise.all(Array.from({ length: 100 }, increment));
    expect((await records.get(counters, 'n'))?.value.count).toBe(100);
  });

  // spec: STORE-6
  test('an index finds records by each of its values, and follows changes and deletes', async () => {
    const found = async (tag: string): Promise<string[]> =>
      (await records.find(things, 'byTag', tag)).map((record) => record.key);
    await records.commit([
      put(things, '2', { name: 'b', tags: ['x', 'y'] }),
      put(things, '1', { name: 'a', tags: ['x', 'x'] }),
    ]);
    expect([await found('x'), await found('y')]).toEqual([['1', '2'], ['2']]);
    await records.commit([put(things, '2', { name: 'b', tags: ['z', 'y'] })]);
    expect([await found('x'), await found('y'), await found('z')]).toEqual([['1'], ['2'], ['2']]);
    await records.commit([remove(things, '2'), put(things, '1', { name: 'a' })]);
    expect([await found('x'), await found('y'), await found('z')]).toEqual([[], [], []]);
  });

  test('an empty string is a key and an index value like any other', async () => {
    await records.commit([put(things, '', { name: '', tags: [''] })]);
    expect((await records.get(things, ''))?.revision).toBe(1);
    expect((await records.find(things, 'byTag', '')).map((r) => r.key)).toEqual(['']);
  });

  // spec: STORE-7
  test('a body comes with get alone; an empty body is not a missing one', async () => {
    await records.commit([
      put(things, 'bytes', { name: '' }, { body: Uint8Array.of(0, 255, 1) }),
      put(things, 'empty', { name: '' }, { body: new Uint8Array(0) }),
      put(things, 'none', { name: '' }),
    ]);
    expect((await records.get(things, 'bytes'))?.body).toEqual(Uint8Array.of(0, 255, 1));
    expect((await records.get(things, 'empty'))?.body).toEqual(new Uint8Array(0));
    expect((await records.get(things, 'none'))?.body).toBeNull();
    expect((await records.list(things)).map((record) => record.body)).toEqual([null, null, null]);
  });

  test('a put without a body takes the old one away', async () => {
    await records.commit([put(things, 'k', { name: '1' }, { body: Uint8Array.of(1) })]);
    await records.commit([put(things, 'k', { name: '2' })]);
    expect((await records.get(things, 'k'))?.body).toBeNull();
  });

  test('a value of 8 MiB, a body of 8 MiB and a key of 1,024 bytes are kept', async () => {
    const name = 'x'.repeat(8 * 1024 * 1024);
    const body = new Uint8Array(8 * 1024 * 1024).fill(7);
    const key = '\u{1f600}'.repeat(256);
    await records.commit([put(things, key, { name }, { body })]);
    const read = await records.get(things, key);
    expect(read?.value.name === name).toBe(true);
    expect(Buffer.compare(read?.body ?? new Uint8Array(0), body)).toBe(0);
  });

  test('a body that is a view of a larger buffer is kept without the rest of it', async () => {
    const body = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    await records.commit([put(things, 'k', { name: '' }, { body })]);
    expect((await records.get(things, 'k'))?.body).toEqual(Uint8Array.of(2, 3));
  });

  // spec: STORE-8
  test('after closing every call is refused, and closing again does nothing', async () => {
    const acknowledged = records.commit([put(things, 'k', { name: '' })]);
    await records.close();
    await records.close();
    expect(await acknowledged).toBe('committed');
    await expect(records.get(things, 'k')).rejects.toThrow(StoreUnavailable);
    await expect(records.list(things)).rejects.toThrow(StoreUnavailable);
    await expect(records.find(things, 'byTag', 't')).rejects.toThrow(StoreUnavailable);
    await expect(records.commit([])).rejects.toThrow(StoreUnavailable);
  });

  // spec: STORE-8
  test.runIf(isDurable)('what was acknowledged is there after closing and opening again', async () => {
    await records.commit(
      keysInByteOrder.map((key) => put(things, key, { name: key, tags: ['t'] }, { body: Uint8Array.of(1) })),
    );
    await records.commit([put(things, 'a', { name: 'second' }), remove(things, 'b')]);
    await records.close();
    records = await open(place);
    expect(await keys()).toEqual(keysInByteOrder.filter((key) => key !== 'b'));
    expect(await records.get(things, 'a')).toMatchObject({
      value: { name: 'second' },
      revision: 2,
      body: null,
    });
    expect((await records.get(things, 'ab'))?.body).toEqual(Uint8Array.of(1));
    expect((await records.find(things, 'byTag', 't')).length).toBe(keysInByteOrder.length - 2);
  });

  test.runIf(!isDurable)('a store that is not durable opens empty', async () => {
    await records.commit([put(things, 'k', { name: '' })]);
    await records.close();
    records = await open(place);
    expect(await records.list(things)).toEqual([]);
  });
}
