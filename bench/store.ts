/**
 * What does a durable write cost? Commits per second through the store at 1 and 64 at a time, beside SQLite alone with
 * as many inserts in one transaction. Aim: at 64, at least half of SQLite alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { collection, put } from '../src/services/records.ts';
import { openSqlite } from '../src/stores/sqlite/sqlite-records.ts';
import { measure, row } from './measure.ts';

const rounds = 5;
const objects = collection<{ etag: string; bytes: number }>('bench.objects');
const indexed = collection<{ etag: string; bytes: number }>('bench.indexed', {
  etag: (object) => [object.etag],
});
const value = { etag: 'd41d8cd98f00b204e9800998ecf8427e', bytes: 1024 };
const body = Buffer.alloc(1024, 7);

for (const atOnce of [1, 64]) {
  const commitCount = atOnce === 1 ? 1_000 : 12_800;
  const baseline = await measure(rounds, () => rawInserts(commitCount, atOnce));
  console.log(row(`SQLite alone, ${String(atOnce)} in a transaction`, baseline, 'inserts/s'));
  for (const into of [objects, indexed]) {
    const figure = await measure(rounds, () => commits(into, commitCount, atOnce));
    console.log(row(`store, ${into.name}, ${String(atOnce)} at a time`, figure, 'commits/s', baseline));
  }
}
console.log(row('store, reads by key', await measure(rounds, reads), 'reads/s'));

function rawInserts(count: number, perTransaction: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const database = new DatabaseSync(join(folder, 'raw.sqlite'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    database.exec('CREATE TABLE raw (id INTEGER PRIMARY KEY, key TEXT UNIQUE, value TEXT, body BLOB)');
    const insert = database.prepare('INSERT INTO raw (key, value, body) VALUES (?, ?, ?)');
    return perSecond(count, () => {
      for (let n = 0; n < count;) {
        database.exec('BEGIN IMMEDIATE');
        for (let i = 0; i < perTransaction; i++, n++) insert.run(keyOf(n), JSON.stringify(value), body);
        database.exec('COMMIT');
      }
    });
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

async function commits(into: typeof objects, count: number, atOnce: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const records = await openSqlite(folder);
  try {
    let next = 0;
    const writer = async (): Promise<void> => {
      while (next < count) await records.commit([put(into, keyOf(next++), value, { body })]);
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: atOnce }, writer));
    return (count * 1000) / (performance.now() - startedAt);
  } finally {
    await records.close();
    rmSync(folder, { recursive: true });
  }
}

async function reads(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const records = await openSqlite(folder);
  try {
    const count = 20_000;
    await records.commit(Array.from({ length: count }, (_, n) => put(objects, keyOf(n), value)));
    const startedAt = performance.now();
    for (let n = 0; n < count; n++) await records.get(objects, keyOf(n));
    return (count * 1000) / (performance.now() - startedAt);
  } finally {
    await records.close();
    rmSync(folder, { recursive: true });
  }
}

function perSecond(count: number, run: () => void): number {
  const startedAt = performance.now();
  run();
  return (count * 1000) / (performance.now() - startedAt);
}

/** Keys in no order of writing, as clients' are. */
function keyOf(n: number): string {
  return `bucket/${((n * 2_654_435_761) % 4_294_967_296).toString(16)}-${String(n)}`;
}
