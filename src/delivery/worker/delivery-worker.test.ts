import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Change, Records } from '../../services/records.ts';
import { openMemoryBlobs } from '../../blobs/memory/memory-blobs.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { leaseSeconds } from './carry-out.ts';
import { DeliveryWorker } from './delivery-worker.ts';
import { sweepSpool } from './file-content.ts';
import {
  deliveries,
  deliveryBodies,
  deliveryKey,
  type Answer,
  type BucketDoors,
  type Doors,
  type ObjectToPut,
  type Spool,
  type WorkerPorts,
} from './ports.ts';
import { snapshotOrder } from './snapshot-order.ts';
import { verifyChannel } from './verify-channel.ts';

const channel = {
  partition: 'aws',
  account: '111122223333',
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/config',
  s3BucketName: 'config-logs',
  s3KeyPrefix: null,
  s3KmsKeyArn: null,
};
const at = Date.UTC(2026, 8, 7, 12, 0, 0);
const order = { ...channel, configSnapshotId: '16da64e4-cb65-4846-b061-e6c3ba43cb96', orderedAtMillis: at };
const denied: Answer = { outcome: 'refused', status: 403, code: 'AccessDenied', message: 'Access Denied' };
const done: Answer = { outcome: 'done' };

interface Rules {
  readonly assume?: Answer;
  /** Requests that are refused: `role s3:PutObject`. */
  readonly refused?: Readonly<Record<string, Answer>>;
  readonly onPut?: (object: WrittenObject) => void;
}

interface WrittenObject extends ObjectToPut {
  readonly as: string;
  readonly body: Uint8Array;
}

function doorsOf(rules: Rules = {}) {
  const log: string[] = [];
  const written: WrittenObject[] = [];
  const bucketDoors = (as: string): BucketDoors => {
    const answer = (action: string): Promise<Answer> => {
      log.push(`${as} ${action}`);
      return Promise.resolve(rules.refused?.[`${as} ${action}`] ?? done);
    };
    return {
      headBucket: () => answer('s3:ListBucket'),
      getBucketAcl: () => answer('s3:GetBucketAcl'),
      publish: () => answer('sns:Publish'),
      async putObject(object) {
        const answered = await answer('s3:PutObject');
        if (answered.outcome === 'done') {
          const parts: Uint8Array[] = [];
          for await (const part of object.content.read()) parts.push(part);
          const body = Buffer.concat(parts);
          expect(body).toHaveLength(object.content.contentBytes);
          rules.onPut?.({ ...object, body, as });
          written.push({ ...object, body, as });
        }
        return answered;
      },
    };
  };
  const doors: Doors = {
    assumeRole(_, __, session) {
      log.push(`assume ${session}`);
      return Promise.resolve(rules.assume ?? bucketDoors('role'));
    },
    asServicePrincipal: () => bucketDoors('service'),
  };
  return { doors, log, written };
}

describe('the checks of a delivery channel', () => {
  // spec: CFG-DELIVERY-3
  test('are made as the role first, and the service principal is not asked where the role may', async () => {
    const { doors, log, written } = doorsOf();
    expect(await verifyChannel(doors, channel, at)).toEqual({ outcome: 'verified', deliversAs: 'role' });
    expect(log).toEqual([
      'assume AWSConfig-BucketConfigCheck',
      'role s3:ListBucket',
      'role s3:GetBucketAcl',
      'role s3:PutObject',
    ]);
    expect(written[0]).toMatchObject({
      key: 'AWSLogs/111122223333/Config/ConfigWritabilityCheckFile',
      encoding: null,
    });
    expect(written[0]?.body).toHaveLength(0);
  });

  // spec: CFG-DELIVERY-3
  test('begin anew as the service principal where the role is refused: what the role was allowed does not count', async () => {
    const refused = { 'role s3:PutObject': denied, 'service s3:GetBucketAcl': denied };
    const { doors } = doorsOf({ refused });
    expect(await verifyChannel(doors, channel, at)).toEqual({
      outcome: 'refused',
      fault: 'acl-not-readable',
    });
  });

  // spec: CFG-DELIVERY-3
  test('end where the role cannot be assumed: there is no second attempt', async () => {
    const { doors, log } = doorsOf({ assume: denied });
    expect(await verifyChannel(doors, channel, at)).toEqual({
      outcome: 'refused',
      fault: 'role-not-assumable',
    });
    expect(log).toHaveLength(1);
  });

  // spec: CFG-DELIVERY-3
  test('tolerate that the bucket may not be listed, but not that it is missing', async () => {
    const hidden = doorsOf({ refused: { 'role s3:ListBucket': denied } });
    expect(await verifyChannel(hidden.doors, channel, at)).toMatchObject({
      outcome: 'verified',
      deliversAs: 'role',
    });
    const missing: Answer = { outcome: 'refused', status: 404, code: 'NoSuchBucket', message: '' };
    const gone = doorsOf({ refused: { 'role s3:ListBucket': missing } });
    expect(await verifyChannel(gone.doors, channel, at)).toEqual({
      outcome: 'refused',
      fault: 'bucket-missing',
    });
    expect(gone.written).toEqual([]);
  });

  // spec: CFG-DELIVERY-3
  test("tell the service principal's refusal where both are refused", async () => {
    const refused = { 'role s3:GetBucketAcl': denied, 'service s3:PutObject': denied };
    const { doors } = doorsOf({ refused });
    expect(await verifyChannel(doors, channel, at)).toEqual({ outcome: 'refused', fault: 'not-writable' });
  });
});

interface WorkerOptions {
  readonly records?: Records;
  readonly owner?: string;
  readonly spool?: Spool;
  readonly text?: string;
}

function workerOf(doors: Doors, options: WorkerOptions = {}) {
  const records = options.records ?? openMemory();
  const faults: unknown[] = [];
  let nowMillis = at;
  let made = 0;
  let ids = 0;
  const ports: WorkerPorts = {
    records,
    doors,
    async *snapshotText() {
      yield await Promise.resolve(options.text ?? JSON.stringify({ made: ++made }));
    },
    spool: options.spool ?? openMemoryBlobs(),
    newUuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    topicArn: () => Promise.resolve(null),
    statusChanges: () => Promise.resolve([]),
    nowMillis: () => nowMillis,
    owner: options.owner ?? 'a',
    onFault: (error) => faults.push(error),
  };
  const advance = (millis: number) => void (nowMillis += millis);
  return { worker: new DeliveryWorker(ports), records, faults, advance, makings: () => made };
}

async function commit(records: Records, changes: readonly Change[]) {
  expect(await records.commit(changes)).toBe('committed');
}

async function deliveryIn(records: Records) {
  return (await records.get(deliveries, deliveryKey(order)))?.value;
}

describe('an ordered snapshot', () => {
  // spec: CFG-DELIVERY-1
  test('is written once, compressed, under the key of its order', async () => {
    const { doors, written } = doorsOf();
    const { worker, records } = workerOf(doors);
    await commit(records, snapshotOrder(order));
    await worker.settle();
    await worker.settle();
    expect(written).toHaveLength(1);
    expect(written[0]?.key).toBe(
      `AWSLogs/111122223333/Config/us-east-1/2026/9/7/ConfigSnapshot/111122223333_Config_us-east-1_ConfigSnapshot_20260907T120000Z_${order.configSnapshotId}.json.gz`,
    );
    expect(gunzipSync(written[0]?.body ?? '').toString()).toBe('{"made":1}');
    expect(await deliveryIn(records)).toMatchObject({ state: 'delivered', deliveredAs: 'role', lease: null });
    expect(await records.get(deliveryBodies, deliveryKey(order))).toBeNull();
  });

  // spec: CFG-DELIVERY-3
  test.each([
    [{ 'role s3:PutObject': denied }, 'delivered', 'service-principal'],
    [{ 'role s3:PutObject': denied, 'service s3:PutObject': denied }, 'refused', null],
  ] as const)('of which %j are refused ends as %s, by %s', async (refused, state, deliveredAs) => {
    const { doors } = doorsOf({ refused });
    const { worker, records } = workerOf(doors);
    await commit(records, snapshotOrder(order));
    await worker.settle();
    expect(await deliveryIn(records)).toMatchObject({ state, deliveredAs });
  });

  // spec: CFG-DELIVERY-1, CFG-DELIVERY-2
  test('whose writer died after the write is written again: the same bytes under the same key', async () => {
    let dies = true;
    const lost: WrittenObject[] = [];
    const dying = doorsOf({
      onPut(object) {
        if (!dies) return;
        lost.push(object);
        throw new Error('the machine is gone');
      },
    });
    const first = workerOf(dying.doors);
    await commit(first.records, snapshotOrder(order));
    await first.worker.settle();
    expect(first.faults).toHaveLength(1);
    expect(await deliveryIn(first.records)).toMatchObject({ state: 'made' });

    dies = false;
    const second = workerOf(dying.doors, { records: first.records, owner: 'b' });
    await second.worker.settle();
    expect(dying.written).toHaveLength(0); // the dead one's lease still runs
    second.advance(leaseSeconds * 1000 + 1);
    await second.worker.settle();
    expect(second.makings()).toBe(0);
    expect(dying.written[0]?.key).toBe(lost[0]?.key);
    expect(dying.written[0]?.body).toEqual(lost[0]?.body);
  });

  // spec: CFG-DELIVERY-1, CFG-DELIVERY-4
  test('that is long waits in the spool, is written from there whoever may, and is gone from it afterwards', async () => {
    const spool = openMemoryBlobs();
    const text = JSON.stringify({ long: randomBytes(200_000).toString('hex') });
    let dies = true;
    const { doors, written } = doorsOf({
      refused: { 'role s3:PutObject': denied },
      onPut() {
        if (dies) throw new Error('the machine is gone');
      },
    });
    const first = workerOf(doors, { spool, text });
    await commit(first.records, snapshotOrder(order));
    await first.worker.settle();
    expect(await deliveryIn(first.records)).toMatchObject({ state: 'made' });
    expect(await Readable.from(spool.names()).toArray()).toHaveLength(1);
    // What a process left that died before it could say what it had made.
    await spool.write('spool-orphan', Readable.from([Buffer.from('lost')]));
    await sweepSpool(first.records, spool);
    expect(await Readable.from(spool.names()).toArray()).toHaveLength(1);

    dies = false;
    await first.worker.settle();
    expect(written[0]).toMatchObject({ as: 'service' });
    expect(gunzipSync(written[0]?.body ?? '').toString()).toBe(text);
    expect(await Readable.from(spool.names()).toArray()).toEqual([]);
  });

  // spec: CFG-DELIVERY-2
  test('is ended only by the newest lease: a slow worker that comes back changes nothing', async () => {
    const records = openMemory();
    const slow = doorsOf({
      refused: {},
    });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slowDoors: Doors = {
      ...slow.doors,
      assumeRole: async (...request) => {
        await held;
        return slow.doors.assumeRole(...request);
      },
    };
    const late = workerOf(slowDoors, { records });
    await commit(records, snapshotOrder(order));
    const running = late.worker.settle();
    const fast = doorsOf({ refused: { 'role s3:PutObject': denied } });
    const newer = workerOf(fast.doors, { records, owner: 'b' });
    newer.advance(leaseSeconds * 1000 + 1);
    for (let i = 0; i < 10; i++) await Promise.resolve();
    await newer.worker.settle();
    expect(await deliveryIn(records)).toMatchObject({ state: 'delivered', deliveredAs: 'service-principal' });
    release();
    await running;
    expect(await deliveryIn(records)).toMatchObject({ deliveredAs: 'service-principal' });
  });

  // spec: CFG-DELIVERY-1
  test('is carried out however many are due at once', async () => {
    const { doors, written } = doorsOf();
    const { worker, records } = workerOf(doors);
    for (let i = 0; i < 30; i++)
      await commit(
        records,
        snapshotOrder({ ...order, configSnapshotId: `id-${String(i).padStart(2, '0')}` }),
      );
    await worker.settle();
    expect(new Set(written.map(({ key }) => key)).size).toBe(30);
    expect(written).toHaveLength(30);
  });
});
