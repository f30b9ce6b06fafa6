import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { createServer, type App } from '../../src/app.ts';
import { deliveries } from '../../src/delivery/worker/ports.ts';
import { channels, placeKey, recorders, schedules } from '../../src/services/config/ports.ts';
import { rescheduled } from '../../src/services/config/schedule.ts';
import * as iam from '../../src/services/iam/ports.ts';
import { put, type Change, type Collection } from '../../src/services/records.ts';
import { buckets } from '../../src/services/s3/ports.ts';
import { parseAccountId, type AccountId } from '../../src/aws/account-id.ts';
import { measure, row } from '../measure.ts';
import { deliverySetup } from './delivery-setup.ts';
import { samplePlace } from './sample-item.ts';

const channelCount = 10_000;
/** Records that a delivery cannot do without: its order, its bytes, its object, its end, the channel's status. */
const recordsEach = 5;

/**
 * 10,000 channels, each of an account of its own with role and bucket, whose snapshots fall due at one moment: how
 * many are delivered a second, beside SQLite alone writing as many records and gzip. Aim: all within the minute.
 */
export async function due(): Promise<void> {
  const baseline = await measure(1, alone);
  console.log(row(`SQLite and gzip alone, ${String(recordsEach)} records each`, baseline, 'each/s'));
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const app = await createServer({ data: folder, setup: deliverySetup(samplePlace) });
  try {
    await multiply(app);
    app.world.advanceClock(2 * 3600 * 1000);
    const before = process.memoryUsage.rss();
    const startedAt = performance.now();
    await app.settle();
    const took = (performance.now() - startedAt) / 1000;
    const ended = await app.records.list(deliveries, { limit: Infinity });
    const count = ended.filter(({ value }) => value.state === 'delivered').length;
    if (count < channelCount) throw new Error(`${String(count)} of ${String(channelCount)} were delivered`);
    const speed = count / took;
    console.log(
      row(
        'snapshots that were due, delivered',
        { median: speed, min: speed, max: speed },
        'each/s',
        baseline,
      ),
    );
    const grownMiB = (process.memoryUsage.rss() - before) / 2 ** 20;
    console.log(`all ${String(count)} took ${took.toFixed(1)} s and ${grownMiB.toFixed(0)} MiB more memory`);
  } finally {
    await app.close();
    rmSync(folder, { recursive: true });
  }
}

/** The one place of the setup, as many times as there are accounts. */
async function multiply(app: App): Promise<void> {
  const { records } = app;
  const dueAtMillis = app.world.nowMillis() + 3600 * 1000;
  const isCollection = (value: unknown): value is Collection<unknown> =>
    typeof value === 'object' && value !== null && 'indexes' in value;
  const copied: readonly Collection<unknown>[] = [
    ...(Object.values(iam) as readonly unknown[]).filter(isCollection),
    recorders as Collection<unknown>,
    buckets as Collection<unknown>,
  ];
  const originals = await Promise.all(
    copied.map(async (from) => ({ from, stored: await records.list(from, { limit: 100 }) })),
  );
  for (let n = 1; n <= channelCount; n++) {
    const account = accountOf(n);
    const place = { account, region: samplePlace.region };
    const own = (text: string): string => text.replaceAll(samplePlace.account, account);
    const changes: Change[] = originals.flatMap(({ from, stored }) =>
      stored.map(({ key, value }) => {
        const record = JSON.parse(own(JSON.stringify(value))) as object;
        const isRecording = from.name === recorders.name ? { isRecording: true } : {};
        return put(from, own(key), { ...record, ...isRecording });
      }),
    );
    const channel = {
      ...place,
      name: 'default',
      s3BucketName: `config-logs-${account}`,
      s3KeyPrefix: null,
      s3KmsKeyArn: null,
      snsTopicARN: null,
      deliveryFrequency: 'TwentyFour_Hours',
    };
    const schedule = await records.get(schedules, placeKey(place));
    await records.commit([
      ...changes,
      put(channels, placeKey(place), channel),
      ...rescheduled(schedule, place, { snapshotAtMillis: dueAtMillis }),
    ]);
  }
}

function accountOf(n: number): AccountId {
  const account = parseAccountId(String(500_000_000_000 + n));
  if (account === null) throw new Error('not an account ID');
  return account;
}

function alone(): number {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const database = new DatabaseSync(join(folder, 'raw.sqlite'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    database.exec('CREATE TABLE raw (id INTEGER PRIMARY KEY, key TEXT UNIQUE, value TEXT, body BLOB)');
    const insert = database.prepare('INSERT INTO raw (key, value, body) VALUES (?, ?, ?)');
    const value = JSON.stringify({ ...deliverySetup(samplePlace).recorder, text: 'x'.repeat(600) });
    const startedAt = performance.now();
    for (let n = 0; n < channelCount;) {
      database.exec('BEGIN IMMEDIATE');
      for (let i = 0; i < 64 && n < channelCount; i++, n++)
        for (let part = 0; part < recordsEach; part++)
          insert.run(`${String(n)}/${String(part)}`, value, part === 0 ? gzipSync(value) : null);
      database.exec('COMMIT');
    }
    return (channelCount * 1000) / (performance.now() - startedAt);
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}
