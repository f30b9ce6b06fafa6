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
  // The resources of AWS Config have indexes since: entries for those that are there, as a put makes them.
  `CREATE TEMP TABLE entries_of_resources AS
     SELECT id, key,
       value ->> '$.account' || '/' || (value ->> '$.region') AS place,
       value ->> '$.resourceType' AS type, value ->> '$.resourceId' AS resource
     FROM records WHERE collection = 'config.resources'
       AND value ->> '$.item.status' IN ('OK', 'ResourceDiscovered') AND entries IS NULL;
   INSERT INTO record_index (collection, name, value, key)
     SELECT 'config.resources', 'byCurrentType', place || '/' || type, key FROM temp.entries_of_resources
     UNION ALL
     SELECT 'config.resources', 'byId', place || char(1) || resource, key FROM temp.entries_of_resources;
   UPDATE records SET entries = json_array(
       json_array('byCurrentType', made.place || '/' || made.type),
       json_array('byId', made.place || char(1) || made.resource))
     FROM temp.entries_of_resources AS made WHERE made.id = records.id;
   DROP TABLE temp.entries_of_resources;`,
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
