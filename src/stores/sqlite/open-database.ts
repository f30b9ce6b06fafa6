/**
 * Opens the database file of a data folder, takes the folder for this process, and refuses with one sentence what
 * it should not touch. Nothing is written before all checks have passed.
 */
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreNotOpened, type StoreFault } from '../../services/records.ts';
import { applicationId, migrate, schemaVersion } from './migrations.ts';

/** Up to this size the whole file is checked at start (some 30 ms); beyond it a damaged page shows when it is read. */
const fullCheckMaxBytes = 16 * 1024 * 1024;

/** So much of the file stays in memory: indexes of large stores are written to at random places. */
const cacheMaxKibibytes = 64 * 1024;

/** After a burst of writes the write-ahead log shrinks to this. */
const walMaxBytes = 64 * 1024 * 1024;

/**
 * The open database, in which this process is alone.
 *
 * The lock is SQLite's own on the file, held for as long as the database is open (`locking_mode = EXCLUSIVE`), so
 * the system lets go of it when the process dies, however it dies. It is no use on network file systems that
 * don't implement POSIX locks.
 *
 * @throws {StoreNotOpened} with the fault that kept it from opening
 */
export function openDatabase(folder: string): DatabaseSync {
  const file = join(folder, 'records.sqlite');
  let database: DatabaseSync | null = null;
  try {
    // Secrets are sealed before they get here, but policies and names are nobody else's business either.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    database = new DatabaseSync(file, { enableForeignKeyConstraints: false, allowExtension: false });
    prepare(database, folder, file);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof StoreNotOpened ? error : notOpened(faultOf(error), folder, error);
  }
}

function prepare(database: DatabaseSync, folder: string, file: string): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  // Writing's lock at once: two processes that both held a reader's lock could neither of them go on.
  database.exec('BEGIN EXCLUSIVE');
  const version = numberOf(database, 'PRAGMA user_version');
  const isEmpty = numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (!isEmpty && numberOf(database, 'PRAGMA application_id') !== applicationId)
    throw notOpened('foreign', folder);
  if (version > schemaVersion) throw notOpened('newer', folder);
  if (statSync(file).size <= fullCheckMaxBytes) assertSound(database, folder);
  database.exec('COMMIT');

  // spec: STORE-8
  assertPragma(database, 'journal_mode', 'wal', 'WAL');
  assertPragma(database, 'synchronous', 2, 'FULL');
  database.exec(
    `PRAGMA journal_size_limit = ${walMaxBytes}; PRAGMA cache_size = -${cacheMaxKibibytes}; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF`,
  );

  database.exec('BEGIN EXCLUSIVE');
  migrate(database, version);
  database.exec('COMMIT');
}

function assertSound(database: DatabaseSync, folder: string): void {
  const answer = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
  if (answer !== 'ok') throw notOpened('damaged', folder, new Error(String(answer)));
}

/** Sets a pragma and reads it back: SQLite ignores what it doesn't know or can't do, and durability hangs on these. */
function assertPragma(database: DatabaseSync, name: string, expected: string | number, value: string): void {
  database.exec(`PRAGMA ${name} = ${value}`);
  const found = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  if (found !== expected) throw new Error(`PRAGMA ${name} is ${String(found)} instead of ${expected}`);
}

function numberOf(database: DatabaseSync, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}

function notOpened(fault: StoreFault, folder: string, cause?: unknown): StoreNotOpened {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new StoreNotOpened(
    fault,
    folder,
    sentences[fault](folder, detail),
    cause === undefined ? {} : { cause },
  );
}

const sentences: Record<StoreFault, (folder: string, detail: string) => string> = {
  locked: (folder) =>
    `the data folder ${folder} is in use by another sealpost process: stop that one, or give this one a folder of its own with --data`,
  damaged: (folder, detail) =>
    `the data folder ${folder} holds a damaged database (${detail}): nothing was changed; move the folder away or restore it from a copy, then start again`,
  newer: (folder) =>
    `the data folder ${folder} was written by a newer version of sealpost than this one, which knows schema ${schemaVersion}: start the newer version, or give this one another folder with --data`,
  foreign: (folder) =>
    `records.sqlite in the folder ${folder} is a database of another program: nothing was changed; give sealpost a folder of its own with --data`,
  inaccessible: (folder, detail) =>
    `the data folder ${folder} cannot be opened (${detail}): check that it is a folder on a disk with room that this user may write to, or choose another with --data`,
};

/** SQLite's primary result codes (sqlite.org/rescode.html); the low byte of an extended one. */
const sqliteFaults: Readonly<Record<number, StoreFault>> = {
  5: 'locked',
  6: 'locked',
  11: 'damaged',
  26: 'damaged',
};

function faultOf(error: unknown): StoreFault {
  return sqliteFaults[sqliteCode(error) ?? 0] ?? 'inaccessible';
}

/** The primary result code of an error of SQLite; `null` for any other error. */
export function sqliteCode(error: unknown): number | null {
  const isSqlite = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return isSqlite ? (error.errcode as number) & 0xff : null;
}
