/** Data folders of older versions: they open with what is in them, or are refused with a sentence. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelStatusCommand,
  GetResourceConfigHistoryCommand,
  ListDiscoveredResourcesCommand,
  PutDeliveryChannelCommand,
  PutResourceConfigCommand,
  PutRetentionConfigurationCommand,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import { GetUserCommand } from '@aws-sdk/client-iam';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { createApp, createServer, type App } from '../../src/app.ts';
import { bringToShape, shapeMarks, shapeVersion } from '../../src/app/record-shapes.ts';
import { outdatedItems, resources, schedules } from '../../src/services/config/ports.ts';
import { put } from '../../src/services/records.ts';
import { movableClock } from '../../src/world/clock.ts';
import { realWorld } from '../../src/world/world.ts';
import { openSqlite } from '../../src/stores/sqlite/sqlite-records.ts';
import { clientsOf, recorderAccount } from './delivery-account.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder as the first version with this many services left it: test/fixtures/stores says how it was made. */
function firstShape(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-older-'));
  folders.push(folder);
  const fixture = join(import.meta.dirname, '../fixtures/stores/first-shape');
  mkdirSync(join(folder, 'blobs'));
  copyFileSync(join(fixture, 'root.key'), join(folder, 'root.key'));
  writeFileSync(join(folder, 'records.sqlite'), gunzipSync(readFileSync(join(fixture, 'records.sqlite.gz'))));
  return folder;
}

/** When the fixture was made. */
const fixtureMillis = Date.UTC(2026, 10, 25, 3, 48);

/** A server whose clock can be moved; signatures are judged by the machine's. */
function openedAt(path: string, nowMillis: number): Promise<App> {
  const shift = nowMillis - Date.now();
  const clock = movableClock(() => Date.now() + shift);
  return createApp({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    data: { kind: 'folder', path },
    rootKey: null,
    rootCredentials: null,
    isResetAllowed: true,
    setup: null,
    logger: pino({ level: 'silent' }),
    version: '0',
    world: { ...realWorld(), ...clock, realNowMillis: () => Date.now() },
  });
}

async function passes(app: App, advanceSeconds: number): Promise<void> {
  const answer = await fetch(`${app.address.url}/_sealpost/clock`, {
    method: 'POST',
    body: JSON.stringify({ advanceSeconds }),
  });
  expect(answer.status).toBe(200);
}

describe('a folder of the first shape', () => {
  // spec: STORE-12
  test('opens with what is in it, and goes on recording, delivering and purging', async () => {
    const folder = firstShape();
    await using app = await openedAt(folder, fixtureMillis + 3600_000);
    const { config, iam, s3 } = clientsOf(app, recorderAccount);
    expect(
      (await config.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders,
    ).toHaveLength(1);
    expect((await iam.send(new GetUserCommand({ UserName: 'ann' }))).User?.UserName).toBe('ann');
    const read = await s3.send(new GetObjectCommand({ Bucket: 'later', Key: 'a' }));
    expect(await read.Body?.transformToString()).toBe('text');
    const itemsOf = async (resourceType: string, resourceId: string) =>
      (
        await config.send(
          new GetResourceConfigHistoryCommand({
            resourceType: resourceType as ResourceType,
            resourceId,
            chronologicalOrder: 'Forward',
          }),
        )
      ).configurationItems ?? [];
    expect(await itemsOf('Example::Shop::Till', 'till-1')).toHaveLength(1);
    // What this version records and that one did not is found by an inventory.
    const users = await config.send(new ListDiscoveredResourcesCommand({ resourceType: 'AWS::IAM::User' }));
    expect(users.resourceIdentifiers?.map(({ resourceName }) => resourceName)).toEqual(['ann']);
    // The key whose deletion was pending goes on time: it was to wait for seven days.
    const keys = await config.send(new ListDiscoveredResourcesCommand({ resourceType: 'AWS::KMS::Key' }));
    expect(keys.resourceIdentifiers).toHaveLength(2);
    await config.send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays: 30 }));
    await config.send(
      new PutResourceConfigCommand({
        ResourceType: 'Example::Shop::Till',
        SchemaVersionId: '00000001',
        ResourceId: 'till-1',
        Configuration: '{"open":false}',
      }),
    );
    // Without its hourly snapshots, which are not what this is about.
    await config.send(
      new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: 'config-logs' } }),
    );
    await passes(app, 8 * 24 * 3600);
    const left = await config.send(new ListDiscoveredResourcesCommand({ resourceType: 'AWS::KMS::Key' }));
    expect(left.resourceIdentifiers).toHaveLength(1);
    const status = await config.send(new DescribeDeliveryChannelStatusCommand({}));
    expect(status.DeliveryChannelsStatus?.[0]?.configHistoryDeliveryInfo?.lastStatus).toBe('SUCCESS');
    await passes(app, 23 * 24 * 3600);
    expect(await itemsOf('Example::Shop::Till', 'till-1')).toHaveLength(1);
  });

  // spec: STORE-12
  test('is brought there again after a crash in between, with nothing twice', async () => {
    const folder = firstShape();
    const read = async () => {
      const records = await openSqlite(folder);
      await bringToShape(records, { isNew: false, place: folder, nowMillis: 1000 });
      const found = [
        await records.list(outdatedItems),
        await records.list(schedules),
        await records.list(resources),
      ].map((list) => list.map(({ key, value }) => ({ key, value })));
      const counts = await records.tally(resources, 'byCurrentType', recorderAccount);
      // As if the mark had not been written any more.
      await records.commit([{ kind: 'delete', collection: shapeMarks, key: 'shape' }]);
      await records.close();
      return { found, counts };
    };
    const first = await read();
    expect(first.found[0]?.length).toBeGreaterThan(0);
    expect(first.counts.length).toBeGreaterThan(0);
    expect(await read()).toEqual(first);
  });
});

describe('a folder of a newer version', () => {
  // spec: STORE-12
  test('is refused with a sentence, and left as it is', async () => {
    const folder = firstShape();
    const records = await openSqlite(folder);
    await records.commit([put(shapeMarks, 'shape', { version: shapeVersion + 1, indexes: {} })]);
    await records.close();
    await expect(createServer({ data: folder })).rejects.toMatchObject({
      name: 'StoreNotOpened',
      fault: 'newer',
      message: expect.stringContaining(
        `which knows their shape ${shapeVersion}: start the newer version`,
      ) as string,
    });
  });
});
