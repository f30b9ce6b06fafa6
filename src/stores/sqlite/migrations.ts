/**
 * The shape of the database, as the steps that lead to it. A released step is never edited: what is wrong with it
 * is mended by the next. The number of steps taken is the database's `user_version`.
 */
import type { DatabaseSync } from 'node:sqlite';

/** `SEAL`: tells our databases from others. */
export const applicationId = 0x5345414c;

const migrations = [
  // Rows keep their order of writing, and a UNIQUE index finds them. A table WITHOUT ROWID would hold values and
  // bodies in the tree of the keys: measured with 1.5 KB a row, 3.4 times slower to write and twice as large.
  // `entries` are the index entries that this record has, as JSON, so that a later write removes exactly those,
  // whatever the collection's index functions say by then. NULL: none.
  // The default collation is BINARY: UTF-8 bytes, case told apart. spec: STORE-2, STORE-3
  `CREATE TABLE records (
     id         INTEGER PRIMARY KEY,
     collection TEXT NOT NULL,
     key        TEXT NOT NULL,
     revision   INTEGER NOT NULL,
     entries    TEXT,
     value      TEXT NOT NULL,
     body       BLOB,
     UNIQUE (collection, key)
   ) STRICT;
   CREATE TABLE record_index (
     collection TEXT NOT NULL,
     name       TEXT NOT NULL,
     value      TEXT NOT NULL,
     key        TEXT NOT NULL,
     PRIMARY KEY (collection, name, value, key)
   ) STRICT, WITHOUT ROWID;`,
  // Counting a million entries took 95 ms, and everybody who asked waited: counts are kept as entries come and go.
  // An index that is tallied only later needs a step that counts what it has, as this one does.
  `CREATE TABLE record_tallies (
     collection TEXT NOT NULL,
     name       TEXT NOT NULL,
     value      TEXT NOT NULL,
     count      INTEGER NOT NULL,
     PRIMARY KEY (collection, name, value)
   ) STRICT, WITHOUT ROWID;
   INSERT INTO record_tallies (collection, name, value, count)
     SELECT collection, name, value, count(*) FROM record_index
     WHERE collection = 'config.resources' AND name = 'byCurrentType' GROUP BY collection, name, value;`,
] as const;

/** The version that this build reads and writes. */
export const schemaVersion = migrations.length;

/** Brings an empty or older database to `schemaVersion`. Call inside a transaction: all steps or none. */
export function migrate(database: DatabaseSync, from: number): void {
  for (const step of migrations.slice(from)) database.exec(step);
  if (from < schemaVersion) {
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
  }
}
