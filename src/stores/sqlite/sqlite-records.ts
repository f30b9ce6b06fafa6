/**
 * Records in one SQLite file: write-ahead log, synchronous=FULL, group commit. Durable against a crash of the
 * process and of the machine; one process at a time.
 * spec: STORE-1, STORE-2, STORE-3, STORE-4, STORE-5, STORE-6, STORE-7, STORE-8, STORE-9, STORE-10, STORE-11
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
  Group,
  RecordAggregation,
  RecordSelection,
  Scalar,
  Selected,
  Tally,
} from '../../services/record-query.ts';
import {
  assertCommit,
  listDefaultCount,
  StoreUnavailable,
  type Change,
  type Collection,
  type ListOptions,
  type RecordStore,
  type Stored,
} from '../../services/records.ts';
import { keyRange } from './key-range.ts';
import { openDatabase, sqliteCode } from './open-database.ts';
import { prepareChange, type PreparedChange } from './prepared-change.ts';
import { aggregationSql, beyondAllText, selectionByKey, selectionByOrder, type Query } from './query-sql.ts';

/**
 * Opens the store of a data folder; makes folder and store if they are not there.
 *
 * @throws {StoreNotOpened} the folder is in use, damaged, of a newer version, of another program, or inaccessible
 */
export async function openSqlite(folder: string): Promise<RecordStore> {
  return new SqliteRecords(openDatabase(folder), folder);
}

/** At most so many commits share a transaction: bounds how long the others wait for it. */
const batchMaxCommits = 1024;

interface Waiting {
  readonly changes: readonly PreparedChange[];
  readonly resolve: (outcome: 'committed' | 'conflict') => void;
  readonly reject: (error: unknown) => void;
}

class SqliteRecords implements RecordStore {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #folder: string;
  #waiting: Waiting[] = [];
  /** Why no call is answered any more; `null` while it works. */
  #stopped: string | null = null;

  constructor(database: DatabaseSync, folder: string) {
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#folder = folder;
  }

  async get<T>(from: Collection<T>, key: string): Promise<Stored<T> | null> {
    const row = this.#read(() => this.#statements.get.get(from.name, key));
    return row === undefined ? null : stored<T>(row);
  }

  async list<T>(from: Collection<T>, options: ListOptions = {}): Promise<readonly Stored<T>[]> {
    const { from: first, to } = keyRange(options);
    const statement = options.isDescending === true ? this.#statements.listDown : this.#statements.list;
    const rows = this.#read(() => statement.all(from.name, first, to ?? beyondAllText, limitOf(options)));
    return rows.map((row) => stored<T>(row));
  }

  async find<T>(
    from: Collection<T>,
    index: string,
    value: string,
    options: ListOptions = {},
  ): Promise<readonly Stored<T>[]> {
    assertIndex(from, index);
    const { from: first, to } = keyRange(options);
    const statement = options.isDescending === true ? this.#statements.findDown : this.#statements.find;
    const rows = this.#read(() =>
      statement.all(from.name, index, value, first, to ?? beyondAllText, limitOf(options)),
    );
    return rows.map((row) => stored<T>(row));
  }

  async select<T>(from: Collection<T>, selection: RecordSelection): Promise<readonly Selected<T>[]> {
    const { scope, orderBy, limit } = selection;
    if (scope.kind === 'index') assertIndex(from, scope.index);
    return this.#read(() => {
      if (scope.kind === 'index' || orderBy.length > 0) return this.#selectInOrder<T>(from.name, selection);
      const found: Stored<T>[] = [];
      for (const prefix of scope.prefixes.toSorted(compareBytes)) {
        if (found.length >= limit) break;
        const query = selectionByKey(from.name, selection, prefix, limit - found.length);
        found.push(...this.#all(query).map((row) => stored<T>(row)));
      }
      return found.map((record) => ({ record, position: { values: [], key: record.key } }));
    });
  }

  /** The records are read by their place in the table, after it is known which: they are large, what sorts them is small. */
  #selectInOrder<T>(collection: string, selection: RecordSelection): readonly Selected<T>[] {
    return this.#all(selectionByOrder(collection, selection)).map((row) => {
      const read = this.#statements.getById.get(Number(row['id']));
      if (read === undefined)
        throw new Error('INVARIANT (one read sees one state): a record went while it was read');
      const record = stored<T>(read);
      const values = selection.orderBy.map((_, n) => scalarOf(row[`o${String(n)}`]));
      return { record, position: { values, key: record.key } };
    });
  }

  async aggregate<T>(from: Collection<T>, aggregation: RecordAggregation): Promise<readonly Group[]> {
    if (aggregation.scope.kind === 'index') assertIndex(from, aggregation.scope.index);
    const rows = this.#read(() => this.#all(aggregationSql(from.name, aggregation)));
    return rows.map((row) => ({
      values: aggregation.groupBy.map((_, n) => scalarOf(row[`g${String(n)}`])),
      measures: aggregation.measures.map((_, n) => {
        const measured = row[`m${String(n)}`];
        return typeof measured === 'number' || typeof measured === 'string' ? measured : null;
      }),
    }));
  }

  async tally<T>(from: Collection<T>, index: string, prefix: string): Promise<readonly Tally[]> {
    assertIndex(from, index);
    if (!from.tallied.includes(index)) throw new TypeError(`${from.name} does not count "${index}"`);
    const { from: first, to } = keyRange({ prefix });
    const rows = this.#read(() => this.#statements.tally.all(from.name, index, first, to ?? beyondAllText));
    return rows.map((row) => ({ value: String(row['value']), count: Number(row['count']) }));
  }

  #all({ sql: text, parameters }: Query): readonly NonNullable<Row>[] {
    return this.#database.prepare(text).all(...parameters);
  }

  async commit(changes: readonly Change[]): Promise<'committed' | 'conflict'> {
    this.#assertWorking();
    assertCommit(changes);
    const prepared = changes.map(prepareChange);
    if (prepared.length === 0) return 'committed';
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ changes: prepared, resolve, reject });
      // After the events that are at hand: whoever commits while handling them shares the transaction and its fsync.
      if (this.#waiting.length === 1) setImmediate(() => this.#commitWaiting());
    });
  }

  async close(): Promise<void> {
    if (this.#stopped === closed) return;
    while (this.#waiting.length > 0) this.#commitWaiting();
    this.#stopped = closed;
    this.#database.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** One transaction for commits that wait at this moment; a savepoint each, so that none fails for another's fault. */
  #commitWaiting(): void {
    const batch = this.#waiting.splice(0, batchMaxCommits);
    if (this.#waiting.length > 0) setImmediate(() => this.#commitWaiting());
    if (batch.length === 0) return;
    const answers: (() => void)[] = [];
    try {
      this.#assertWorking();
      this.#database.exec('BEGIN IMMEDIATE');
      for (const waiting of batch) answers.push(this.#applyOne(waiting));
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#abandon(batch, error);
      return;
    }
    // INVARIANT (acknowledged is durable): nobody is answered before COMMIT has returned.
    for (const answer of answers) answer();
  }

  /** Applies one commit inside the transaction. Throws only if the transaction itself is gone. */
  #applyOne({ changes, resolve, reject }: Waiting): () => void {
    this.#statements.savepoint.run();
    try {
      const outcome = changes.every((change) => this.#apply(change)) ? 'committed' : 'conflict';
      if (outcome === 'conflict') this.#statements.undo.run();
      this.#statements.release.run();
      return () => resolve(outcome);
    } catch (error) {
      // A full disk or a broken one makes SQLite roll back everything: then all who wait are told.
      if (!this.#database.isTransaction) throw error;
      this.#statements.undo.run();
      this.#statements.release.run();
      return () => reject(this.#unavailable(error));
    }
  }

  /** Applies one change; `false` if its revision does not hold. */
  #apply(change: PreparedChange): boolean {
    const { collection, key } = change;
    const row = this.#statements.revision.get(collection, key);
    const revision = row === undefined ? 0 : Number(row['revision']);
    if (change.ifRevision !== undefined && change.ifRevision !== revision) return false;
    if (change.kind === 'expect' || (change.kind === 'delete' && row === undefined)) return true;

    const before = entriesOf(row);
    const after = change.kind === 'put' ? change.entries : [];
    if (change.kind === 'delete') this.#statements.delete.run(collection, key);
    else {
      const json = after.length === 0 ? null : JSON.stringify(after);
      this.#statements.put.run(collection, key, revision + 1, json, change.json, change.body);
    }
    const count = (name: string, value: string, difference: 1 | -1): void => {
      if (change.tallied.includes(name)) this.#statements.count.run(collection, name, value, difference);
    };
    for (const [name, value] of before) {
      if (includes(after, name, value)) continue;
      this.#statements.deleteEntry.run(collection, name, value, key);
      count(name, value, -1);
    }
    for (const [name, value] of after) {
      if (includes(before, name, value)) continue;
      this.#statements.putEntry.run(collection, name, value, key);
      count(name, value, 1);
    }
    return true;
  }

  #abandon(batch: readonly Waiting[], error: unknown): void {
    try {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The transaction is gone, which is what we wanted.
    }
    // After a failed write or fsync nobody knows which pages the disk has; what is read from now on could be wrong.
    if (sqliteCode(error) === ioError || sqliteCode(error) === damaged) {
      this.#stopped ??= `the database in ${this.#folder} can't be trusted after: ${textOf(error)}; restart to recover what was acknowledged`;
    }
    const unavailable = this.#unavailable(error);
    for (const { reject } of batch) reject(unavailable);
  }

  #read<Rows>(query: () => Rows): Rows {
    this.#assertWorking();
    try {
      return query();
    } catch (error) {
      throw this.#unavailable(error);
    }
  }

  #assertWorking(): void {
    if (this.#stopped !== null) throw new StoreUnavailable(this.#stopped);
  }

  #unavailable(error: unknown): StoreUnavailable {
    if (error instanceof StoreUnavailable) return error;
    return new StoreUnavailable(`the database in ${this.#folder} does not answer: ${textOf(error)}`, {
      cause: error,
    });
  }
}

const closed = 'the store is closed';

// SQLite's primary result codes SQLITE_IOERR and SQLITE_CORRUPT.
const ioError = 10;
const damaged = 11;

type Statements = Readonly<Record<keyof typeof sql, StatementSync>>;

const sql = {
  get: 'SELECT key, value, revision, body FROM records WHERE collection = ? AND key = ?',
  list: `SELECT key, value, revision FROM records
         WHERE collection = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?`,
  // CROSS JOIN keeps the order of the tables: the index is read in order, each record looked up.
  find: `SELECT r.key, r.value, r.revision FROM record_index i CROSS JOIN records r
         ON r.collection = i.collection AND r.key = i.key
         WHERE i.collection = ? AND i.name = ? AND i.value = ? AND i.key >= ? AND i.key < ? ORDER BY i.key LIMIT ?`,
  listDown: `SELECT key, value, revision FROM records
             WHERE collection = ? AND key >= ? AND key < ? ORDER BY key DESC LIMIT ?`,
  findDown: `SELECT r.key, r.value, r.revision FROM record_index i CROSS JOIN records r
             ON r.collection = i.collection AND r.key = i.key
             WHERE i.collection = ? AND i.name = ? AND i.value = ? AND i.key >= ? AND i.key < ?
             ORDER BY i.key DESC LIMIT ?`,
  getById: 'SELECT key, value, revision FROM records WHERE id = ?',
  tally: `SELECT value, count FROM record_tallies
          WHERE collection = ? AND name = ? AND value >= ? AND value < ? AND count > 0 ORDER BY value`,
  count: `INSERT INTO record_tallies (collection, name, value, count) VALUES (?, ?, ?, ?)
          ON CONFLICT (collection, name, value) DO UPDATE SET count = count + excluded.count`,
  revision: 'SELECT revision, entries FROM records WHERE collection = ? AND key = ?',
  put: `INSERT INTO records (collection, key, revision, entries, value, body) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (collection, key) DO UPDATE SET
        revision = excluded.revision, entries = excluded.entries, value = excluded.value, body = excluded.body`,
  delete: 'DELETE FROM records WHERE collection = ? AND key = ?',
  putEntry: 'INSERT INTO record_index (collection, name, value, key) VALUES (?, ?, ?, ?)',
  deleteEntry: 'DELETE FROM record_index WHERE collection = ? AND name = ? AND value = ? AND key = ?',
  savepoint: 'SAVEPOINT one',
  undo: 'ROLLBACK TO one',
  release: 'RELEASE one',
} as const;

function prepareStatements(database: DatabaseSync): Statements {
  const prepared = Object.entries(sql).map(([name, text]) => [name, database.prepare(text)]);
  return Object.fromEntries(prepared) as Statements;
}

function limitOf({ limit = listDefaultCount }: ListOptions): number {
  return Math.min(limit, Number.MAX_SAFE_INTEGER);
}

function assertIndex(of: { readonly name: string; readonly indexes: object }, index: string): void {
  if (!Object.hasOwn(of.indexes, index)) throw new TypeError(`${of.name} has no index "${index}"`);
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** A column that holds a value as JSON; NULL: none. */
function scalarOf(json: unknown): Scalar | null {
  // `valueSql` lets nothing else through.
  return typeof json === 'string' ? (JSON.parse(json) as Scalar) : null;
}

type Row = ReturnType<StatementSync['get']>;

function stored<T>(row: NonNullable<Row>): Stored<T> {
  const body = row['body'];
  return {
    key: String(row['key']),
    // What `put` was given as T; JSON kept it.
    value: JSON.parse(String(row['value'])) as T,
    revision: Number(row['revision']),
    body: body instanceof Uint8Array ? body : null,
  };
}

type Entries = PreparedChange['entries'];

function entriesOf(row: Row): Entries {
  const json = row?.['entries'];
  return typeof json === 'string' ? (JSON.parse(json) as Entries) : [];
}

function includes(entries: Entries, name: string, value: string): boolean {
  return entries.some((entry) => entry[0] === name && entry[1] === value);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
