import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  collection,
  put,
  remove,
  StoreNotOpened,
  StoreUnavailable,
  type RecordStore,
} from '../../services/records.ts';
import { queriesContract } from '../contract/queries-contract.ts';
import { recordsContract } from '../contract/records-contract.ts';
import { openSqlite } from './sqlite-records.ts';

describe('records in SQLite', () => recordsContract({ open: openSqlite, isDurable: true }));
describe('questions to records in SQLite', () => queriesContract({ open: openSqlite }));

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its own object below
const realExec = DatabaseSync.prototype.exec;

const things = collection<{ name: string }>('test.things', { byName: (thing) => [thing.name] });

describe('a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealpost-sqlite-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const refusal = async (): Promise<StoreNotOpened> => {
    const outcome = await openSqlite(folder).then(
      (records) => records,
      (error: unknown) => error,
    );
    if (outcome instanceof StoreNotOpened) return outcome;
    throw new Error('it opened, or failed otherwise', { cause: outcome });
  };

  // spec: STORE-9
  test('belongs to one process at a time, and is free again after closing', async () => {
    const first = await openSqlite(folder);
    const error = await refusal();
    expect(error.fault).toBe('locked');
    expect(error.message).toBe(
      `the data folder ${folder} is in use by another sealpost process: stop that one, or give this one a folder of its own with --data`,
    );
    expect(await first.commit([put(things, 'k', { name: 'still works' })])).toBe('committed');
    await first.close();
    await (await openSqlite(folder)).close();
  });

  test('whose database is no database is refused and left as it is', async () => {
    const garbage = Buffer.alloc(8192, 'no database');
    await writeFile(join(folder, 'records.sqlite'), garbage);
    expect((await refusal()).fault).toBe('damaged');
    expect(await readFile(join(folder, 'records.sqlite'))).toEqual(garbage);
  });

  test('with a damaged page is refused', async () => {
    const records = await openSqlite(folder);
    await records.commit(
      Array.from({ length: 500 }, (_, i) => put(things, `k${i}`, { name: 'x'.repeat(100) })),
    );
    await records.close();
    const file = join(folder, 'records.sqlite');
    const bytes = await readFile(file);
    bytes.fill(0xff, 4096 * 3, 4096 * 4);
    await writeFile(file, bytes);
    const error = await refusal();
    expect(error.fault).toBe('damaged');
    expect(error.message).toContain('nothing was changed');
    expect(await readFile(file)).toEqual(bytes);
  });

  test('of a newer version is refused with both ways out', async () => {
    await (await openSqlite(folder)).close();
    const database = new DatabaseSync(join(folder, 'records.sqlite'));
    database.exec('PRAGMA user_version = 999');
    database.close();
    const error = await refusal();
    expect(error.fault).toBe('newer');
    expect(error.message).toContain('newer version of sealpost');
  });

  test('of an older version counts what its indexes have', async () => {
    const counted = collection<object>('config.resources', { byCurrentType: () => ['a/b'] }, [
      'byCurrentType',
    ]);
    const before = await openSqlite(folder);
    await before.commit([put(counted, '1', {}), put(counted, '2', {})]);
    await before.close();
    const database = new DatabaseSync(join(folder, 'records.sqlite'));
    database.exec('PRAGMA user_version = 1; DROP TABLE record_tallies');
    database.close();

    await using after = await openSqlite(folder);
    expect(await after.tally(counted, 'byCurrentType', 'a')).toEqual([{ value: 'a/b', count: 2 }]);
    await after.commit([remove(counted, '1')]);
    expect(await after.tally(counted, 'byCurrentType', 'a')).toEqual([{ value: 'a/b', count: 1 }]);
  });

  test("with another program's database is refused and left as it is", async () => {
    const database = new DatabaseSync(join(folder, 'records.sqlite'));
    database.exec('CREATE TABLE theirs (x)');
    database.close();
    const before = await readFile(join(folder, 'records.sqlite'));
    expect((await refusal()).fault).toBe('foreign');
    expect(await readFile(join(folder, 'records.sqlite'))).toEqual(before);
  });

  test('that is a file is refused', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    expect((await refusal()).fault).toBe('inaccessible');
  });

  test('is made for its owner alone, with the folders above it', async () => {
    const deep = join(folder, 'a', 'b');
    await using records = await openSqlite(deep);
    await records.commit([put(things, 'k', { name: '' })]);
    expect((await stat(deep)).mode & 0o777).toBe(0o700);
    for (const file of ['records.sqlite', 'records.sqlite-wal']) {
      expect((await stat(join(deep, file))).mode & 0o777).toBe(0o600);
    }
  });
});

describe('when SQLite fails', () => {
  let folder: string;
  let records: RecordStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealpost-sqlite-'));
    records = await openSqlite(folder);
    await records.commit([put(things, 'old', { name: 'old' }, { body: Uint8Array.of(1) })]);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await records.close();
    await rm(folder, { recursive: true, force: true });
  });

  const sqliteError = (errcode: number): Error =>
    Object.assign(new Error('injected'), { code: 'ERR_SQLITE_ERROR', errcode });

  const transfer = (): Promise<'committed' | 'conflict'> =>
    records.commit([
      put(things, 'new', { name: 'new' }),
      put(things, 'old', { name: 'changed' }),
      remove(things, 'x'),
    ]);

  const names = async (): Promise<(string | undefined)[]> => [
    (await records.get(things, 'new'))?.value.name,
    (await records.get(things, 'old'))?.value.name,
    ...(await records.find(things, 'byName', 'old')).map((found) => `found ${found.key}`),
    ...(await records.find(things, 'byName', 'changed')).map((found) => `found changed ${found.key}`),
  ];

  // SQLite's own way: fail the first statement, then the second, until the commit goes through.
  test('at any statement of a commit, the commit leaves nothing behind and the next one works', async () => {
    const probe = new DatabaseSync(':memory:');
    const statement = Object.getPrototypeOf(probe.prepare('SELECT 1')) as {
      run: (...values: unknown[]) => unknown;
    };
    probe.close();
    const run = statement.run;
    let outcome = 'failed';
    let failing = 0;
    for (; outcome === 'failed'; failing++) {
      let count = 0;
      vi.spyOn(statement, 'run').mockImplementation(function (this: object, ...values: unknown[]) {
        if (count++ === failing) throw sqliteError(1);
        return run.apply(this, values);
      });
      outcome = await transfer().then(String, (error: unknown) => {
        expect(error).toBeInstanceOf(StoreUnavailable);
        return 'failed';
      });
      vi.restoreAllMocks();
      if (outcome === 'failed') expect(await names()).toEqual([undefined, 'old', 'found old']);
    }
    expect(failing).toBeGreaterThan(5);
    expect(await names()).toEqual(['new', 'changed', 'found changed old']);
  });

  test.each(['BEGIN IMMEDIATE', 'COMMIT'])(
    'at %s, everyone who waited is told and nothing is changed',
    async (at) => {
      vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, text) {
        if (text === at) throw sqliteError(13);
        realExec.call(this, text);
      });
      const outcomes = await Promise.allSettled([
        transfer(),
        records.commit([put(things, 'other', { name: 'other' })]),
      ]);
      vi.restoreAllMocks();
      expect(outcomes.map((o) => o.status === 'rejected' && o.reason instanceof StoreUnavailable)).toEqual([
        true,
        true,
      ]);
      expect(await names()).toEqual([undefined, 'old', 'found old']);
      expect(await transfer()).toBe('committed');
    },
  );

  test('a failed fsync stops the store: what it reads could be wrong until a restart', async () => {
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, text) {
      if (text === 'COMMIT') throw sqliteError(10 | (4 << 8));
      realExec.call(this, text);
    });
    await expect(transfer()).rejects.toThrow(StoreUnavailable);
    vi.restoreAllMocks();
    await expect(records.get(things, 'old')).rejects.toThrow('restart');
    await records.close();
    records = await openSqlite(folder);
    expect(await names()).toEqual([undefined, 'old', 'found old']);
  });
});
