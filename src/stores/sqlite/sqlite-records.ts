/**
 * Records in one SQLite file: write-ahead log, synchronous=FULL, group commit. Durable against a crash of the
 * process and of the machine; one process at a time.
 * spec: STORE-1, STORE-2, STORE-3, STORE-4, STORE-5, STORE-6, STORE-7, STORE-8, STORE-9
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
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
    const rows = this.#read(() =>
      this.#statements.list.all(from.name, first, to ?? beyondAllText, limitOf(options)),
    );
    return rows.map((row) => stored<T>(row));
  }

  async find<T>(
    from: Collection<T>,
    index: string,
    value: string,
    options: ListOptions = {},
  ): Promise<readonly Stored<T>[]> {
    if (!Object.hasOwn(from.indexes, index)) throw new TypeError(`${from.name} has no index "${index}"`);
    const { from: first, to } = keyRange(options);
    const rows = this.#read(() =>
      this.#statements.find.all(from.name, index, value, first, to ?? beyondAllText, limitOf(options)),
    );
    return rows.map((row) => stored<T>(row));
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
    for (const [name, value] of before) {
      if (!includes(after, name, value)) this.#statements.deleteEntry.run(collection, name, value, key);
    }
    for (const [name, value] of after) {
      if (!includes(before, name, value)) this.#statements.putEntry.run(collection, name, value, key);
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

/** In SQLite every BLOB is greater than every text, so this bounds no listing. */
const beyondAllText = new Uint8Array(0);

type Statements = Readonly<Record<keyof typeof sql, StatementSync>>;

const sql = {
  get: 'SELECT key, value, revision, body FROM records WHERE collection = ? AND key = ?',
  list: `SELECT key, value, revision FROM records
         WHERE collection = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?`,
  // CROSS JOIN keeps the order of the tables: the index is read in order, each record looked up.
  find: `SELECT r.key, r.value, r.revision FROM record_index i CROSS JOIN records r
         ON r.collection = i.collection AND r.key = i.key
         WHERE i.collection = ? AND i.name = ? AND i.value = ? AND i.key >= ? AND i.key < ? ORDER BY i.key LIMIT ?`,
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
