import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { createServer, type App } from '../../src/app.ts';
import { deliveries } from '../../src/delivery/worker/ports.ts';
import { snapshotOrder } from '../../src/delivery/worker/snapshot-order.ts';
import { resourceKey, resources, type ItemRecord } from '../../src/services/config/ports.ts';
import { snapshotText } from '../../src/services/config/snapshot.ts';
import { put } from '../../src/services/records.ts';
import { measure, row } from '../measure.ts';
import { deliverySetup } from './delivery-setup.ts';
import { sampleItem, samplePlace } from './sample-item.ts';

const rounds = 3;
const itemCount = 100_000;
const capturedUntilMillis = 1_780_000_000_000;

/**
 * A snapshot of 100,000 items from its order to its object in an encrypted bucket, through the real server, beside
 * gzip alone of the same bytes; and how much memory that took. Aims: 1.5 times the time of gzip, bounded memory.
 */
export async function snapshots(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  const app = await createServer({ data: folder, setup: deliverySetup(samplePlace) });
  try {
    await fill(app);
    const memory = watchMemory();
    const delivered = await measure(rounds, () => deliverOne(app));
    const grownMiB = memory.stop();
    const { pieces, textBytes } = await textOf(app);
    let gzipBytes = 0;
    const gzip = await measure(rounds, () =>
      seconds(async () => {
        gzipBytes = await compress(pieces);
      }),
    );
    console.log(
      row(
        `gzip alone of ${(textBytes / 2 ** 20).toFixed(0)} MiB, ${(textBytes / gzipBytes).toFixed(1)} to 1`,
        gzip,
        's',
      ),
    );
    console.log(row(`snapshot of ${String(itemCount)} items, delivered`, delivered, 's', gzip));
    console.log(
      row('its text alone, read and written as JSON', await measure(rounds, () => readAll(app)), 's', gzip),
    );
    console.log(`memory that it grew by at most: ${grownMiB.toFixed(0)} MiB`);
    await printProcessorTime(app, pieces);
  } finally {
    await app.close();
    rmSync(folder, { recursive: true });
  }
}

/** A vocabulary as policies and descriptions have it: a run of one letter would cost gzip nothing. */
const words =
  'Allow Deny Statement Action Resource Principal Condition StringEquals ArnLike Effect Version Service'
    .concat(
      ' arn:aws:iam:: role/ policy/ s3:GetObject s3:PutObject kms:Decrypt kms:GenerateDataKey sts:AssumeRole',
    )
    .concat(' us-east-1 eu-west-1 production staging managed by terraform owner platform data retention')
    .split(' ');

function writtenItem(n: number): ItemRecord {
  const item = sampleItem(n);
  const text = Array.from({ length: 40 }, (_, at) => words[(n * 31 + at * (7 + (n % 23))) % words.length]);
  const configuration = { ...(item.configuration as object), description: text.join(' ') };
  return { ...item, configuration };
}

async function fill(app: App): Promise<void> {
  const batchCount = 1000;
  for (let n = 0; n < itemCount; n += batchCount)
    await app.records.commit(
      Array.from({ length: batchCount }, (_, i) => {
        const item = writtenItem(n + i);
        const { resourceType, resourceId } = item;
        const resource = { ...samplePlace, resourceType, resourceId, isDeleted: false, item };
        return put(resources, resourceKey(samplePlace, resourceType, resourceId), resource);
      }),
    );
}

/** Time on the processor, which does not depend on what else the machine does: the two threads run side by side. */
async function printProcessorTime(app: App, pieces: readonly string[]): Promise<void> {
  const used = async (work: () => Promise<unknown>) => {
    const [all, own] = [process.cpuUsage(), process.threadCpuUsage()];
    await work();
    const sum = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;
    const ownSeconds = sum(process.threadCpuUsage(own));
    return { ownSeconds, othersSeconds: sum(process.cpuUsage(all)) - ownSeconds };
  };
  const gzip = await used(() => compress(pieces));
  const delivered = await used(() => deliverOne(app));
  const alone = gzip.ownSeconds + gzip.othersSeconds;
  const longer = Math.max(delivered.ownSeconds, delivered.othersSeconds);
  console.log(
    `processor time: gzip alone ${alone.toFixed(2)} s; snapshot ${delivered.ownSeconds.toFixed(2)} s in the main thread, ` +
      `${delivered.othersSeconds.toFixed(2)} s in others at the same time: the longer is ${(longer / alone).toFixed(2)} x gzip`,
  );
}

let orderedCount = 0;

async function deliverOne(app: App): Promise<number> {
  const configSnapshotId = `00000000-0000-4000-8000-${String(++orderedCount).padStart(12, '0')}`;
  const setup = deliverySetup(samplePlace);
  const took = await seconds(async () => {
    await app.records.commit(
      snapshotOrder({
        ...samplePlace,
        partition: 'aws',
        roleArn: setup.recorder.roleARN,
        s3BucketName: setup.deliveryChannel.s3BucketName,
        s3KeyPrefix: null,
        s3KmsKeyArn: setup.deliveryChannel.s3KmsKeyArn,
        configSnapshotId,
        orderedAtMillis: capturedUntilMillis,
      }),
    );
    await app.settle();
  });
  const { account, region } = samplePlace;
  const ended = await app.findDelivery({ account, region, configSnapshotId });
  if (ended?.state !== 'delivered') throw new Error(`not delivered: ${JSON.stringify(ended?.refusal)}`);
  if ((await app.records.find(deliveries, 'due', 'due')).length > 0)
    throw new Error('something is left over');
  return took;
}

function text(app: App): AsyncIterable<string> {
  const order = { ...samplePlace, configSnapshotId: 'bench', orderedAtMillis: capturedUntilMillis };
  return snapshotText({ records: app.records }, order);
}

async function textOf(app: App) {
  const pieces: string[] = [];
  let textBytes = 0;
  for await (const piece of text(app)) {
    pieces.push(piece);
    textBytes += Buffer.byteLength(piece);
  }
  return { pieces, textBytes };
}

function readAll(app: App): Promise<number> {
  return seconds(async () => {
    let length = 0;
    for await (const piece of text(app)) length += piece.length;
    if (length === 0) throw new Error('no text');
  });
}

async function compress(pieces: readonly string[]): Promise<number> {
  let bytes = 0;
  const gzip = Readable.from(pieces).pipe(createGzip({ chunkSize: 64 * 1024 }));
  for await (const chunk of gzip) bytes += (chunk as Uint8Array).length;
  return bytes;
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** How much more the process held at any time than at the beginning. */
function watchMemory() {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 10);
  return {
    stop: () => {
      clearInterval(timer);
      return (most - before) / 2 ** 20;
    },
  };
}
