import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { itemChanges } from '../../src/services/config/record-resource.ts';
import { openSqlite } from '../../src/stores/sqlite/sqlite-records.ts';
import { measure, row } from '../measure.ts';
import { sampleItem } from './sample-item.ts';

const rounds = 5;
const itemCount = 12_800;
const atOnceCounts = [64, 1024];

/** Items recorded durably a second, beside as many bare inserts in SQLite. Aim: 5,000 items/s. */
export async function recording(): Promise<void> {
  for (const atOnce of atOnceCounts) {
    const baseline = await measure(rounds, () => rawInserts(atOnce));
    console.log(row(`SQLite alone, 3 inserts an item, ${String(atOnce)} at a time`, baseline, 'items/s'));
    const recorder = await measure(rounds, () => recorded(atOnce));
    console.log(row(`first items, ${String(atOnce)} at a time`, recorder, 'items/s', baseline));
  }
}

/** An item is three records: the resource, the item, its place in the history queue. */
function rawInserts(atOnce: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const database = new DatabaseSync(join(folder, 'raw.sqlite'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    database.exec('CREATE TABLE raw (id INTEGER PRIMARY KEY, key TEXT UNIQUE, value TEXT)');
    const insert = database.prepare('INSERT INTO raw (key, value) VALUES (?, ?)');
    const startedAt = performance.now();
    for (let n = 0; n < itemCount;) {
      database.exec('BEGIN IMMEDIATE');
      for (let i = 0; i < atOnce; i++, n++) {
        const item = sampleItem(n);
        const key = `${item.resourceType} ${item.resourceId}`;
        insert.run(`resource ${key}`, JSON.stringify({ item }));
        insert.run(`item ${key}`, JSON.stringify(item));
        insert.run(`queue ${key}`, '{}');
      }
      database.exec('COMMIT');
    }
    return (itemCount * 1000) / (performance.now() - startedAt);
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

async function recorded(atOnce: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const records = await openSqlite(folder);
  try {
    let next = 0;
    const recorder = async (): Promise<void> => {
      while (next < itemCount)
        await records.commit(
          itemChanges(null, sampleItem(next++), { nowMillis: 1_770_000_000_000, isToldOf: false }),
        );
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: atOnce }, recorder));
    return (itemCount * 1000) / (performance.now() - startedAt);
  } finally {
    await records.close();
    rmSync(folder, { recursive: true });
  }
}
