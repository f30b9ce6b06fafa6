import { describe, expect, test } from 'vitest';
import { parseAccountId } from '../aws/account-id.ts';
import {
  placeKey,
  recorders,
  resources,
  schedules,
  timers,
  type RecorderRecord,
} from '../services/config/ports.ts';
import { firstDueMillis } from '../services/config/run-schedule.ts';
import { rescheduled } from '../services/config/schedule.ts';
import { put, type Change, type RecordStore } from '../services/records.ts';
import { buckets, type BucketRecord } from '../services/s3/ports.ts';
import { openMemory } from '../stores/memory/memory-records.ts';
import { recordingRecords } from './recording-records.ts';

const region = 'us-east-1';

function recorderOf(number: number): RecorderRecord {
  const account = parseAccountId(String(100_000_000_000 + number));
  if (account === null) throw new Error('not an account ID');
  return {
    account,
    region,
    name: 'default',
    arn: `arn:aws:config:${region}:${account}:configuration-recorder/default/abc`,
    roleARN: `arn:aws:iam::${account}:role/config`,
    recordingGroup: {
      allSupported: true,
      includeGlobalResourceTypes: false,
      resourceTypes: [],
      exclusionByResourceTypes: [],
      recordingStrategy: 'ALL_SUPPORTED_RESOURCE_TYPES',
    },
    recordingMode: { recordingFrequency: 'CONTINUOUS', recordingModeOverrides: [] },
    tags: {},
    isRecording: true,
    lastStartAtMillis: 0,
    lastStopAtMillis: null,
    lastStatus: 'SUCCESS',
    lastStatusChangeAtMillis: 0,
  };
}

function bucketOf({ account }: RecorderRecord): BucketRecord {
  return {
    name: 'logs',
    account,
    region,
    partition: 'aws',
    createdAtMillis: 0,
    policy: null,
    encryption: null,
    objectOwnership: 'BucketOwnerEnforced',
    publicAccessBlock: null,
    acl: [],
    versioning: null,
    objectLock: null,
    tags: {},
    settings: {},
    isBeingDeleted: false,
  };
}

/** How many records of AWS Config's are read for one change, and for the next thing that is due, among so many recorders. */
async function readsAmong(count: number) {
  const store = openMemory();
  const all = Array.from({ length: count }, (_, number) => recorderOf(number));
  const laidOut: Change[] = all.flatMap((one, number) => [
    put(recorders, placeKey(one), one),
    ...rescheduled(null, one, { historyAtMillis: 1_000_000 + number }),
  ]);
  await store.commit(laidOut);
  let rows = 0;
  const counting = new Proxy<RecordStore>(store, {
    get(target, name: keyof RecordStore) {
      if (name !== 'get' && name !== 'list' && name !== 'find') return target[name].bind(target);
      return async (...input: Parameters<typeof target.list>) => {
        const read = await (target[name] as (...of: unknown[]) => Promise<unknown>)(...input);
        rows += Array.isArray(read) ? read.length : 1;
        return read;
      };
    },
  });
  const records = recordingRecords(
    counting,
    () => 5000,
    () => undefined,
  );
  const changed = all.at(-1) ?? recorderOf(0);
  await records.commit([put(buckets, 'logs', bucketOf(changed))]);
  const forChange = rows;
  rows = 0;
  expect(await firstDueMillis({ ports: { records: counting } } as never)).toBe(1_000_000);
  expect(await store.list(resources)).toHaveLength(1);
  expect(await store.list(timers, { limit: Infinity })).toHaveLength(count);
  expect(await store.list(schedules, { limit: Infinity })).toHaveLength(count);
  return { forChange, forSchedule: rows };
}

describe('a server with many recorders', () => {
  // spec: CFG-CLOCK-1, CFG-RECORD-1
  test('reads no more of them for one change, or for what is due next, than a server with few', async () => {
    const few = await readsAmong(2);
    expect(few.forChange).toBeLessThan(20);
    expect(await readsAmong(2000)).toEqual(few);
  });
});
