/** AWS Config by the clock, through real clients: what is recorded, when it is delivered, and what mends a refusal. */
import { describe, expect, test } from 'vitest';
import {
  DeleteResourceConfigCommand,
  DescribeDeliveryChannelStatusCommand,
  GetDiscoveredResourceCountsCommand,
  GetResourceConfigHistoryCommand,
  ListDiscoveredResourcesCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  PutResourceConfigCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { layOut, putChannel, readDelivered, type LaidOut } from './delivery-account.ts';

const hour = 3600;

async function started(channel: object = {}, recordingGroup?: object): Promise<LaidOut> {
  const laidOut = await layOut();
  await putChannel(laidOut, channel);
  const { config } = laidOut.clients;
  if (recordingGroup !== undefined)
    await config.send(
      new PutConfigurationRecorderCommand({
        ConfigurationRecorder: { name: 'default', roleARN: laidOut.roleARN, recordingGroup },
      }),
    );
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
  return laidOut;
}

async function passes({ app }: LaidOut, advanceSeconds: number): Promise<void> {
  const answer = await fetch(`${app.address.url}/_sealpost/clock`, {
    method: 'POST',
    body: JSON.stringify({ advanceSeconds }),
  });
  expect(answer.status).toBe(200);
}

async function filesOf({ owner, bucket }: LaidOut, kind: string): Promise<readonly string[]> {
  const { Contents = [] } = await owner.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = '' }) => Key).filter((key) => key.includes(`/${kind}/`));
}

interface FileItem {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly configurationItemStatus: string;
  readonly configurationStateId: number;
}

async function itemsIn(laidOut: LaidOut, keys: readonly string[]): Promise<readonly FileItem[]> {
  const files = await Promise.all(keys.map((key) => readDelivered(laidOut, key)));
  return files.flatMap(({ document }) => (document as { configurationItems: FileItem[] }).configurationItems);
}

async function historyOf({ clients }: LaidOut, resourceType: string, resourceId: string) {
  const { configurationItems = [] } = await clients.config.send(
    new GetResourceConfigHistoryCommand({
      resourceType: resourceType as ResourceType,
      resourceId,
      chronologicalOrder: 'Forward',
    }),
  );
  return configurationItems;
}

async function statusOf({ clients }: LaidOut) {
  const { DeliveryChannelsStatus: [status] = [] } = await clients.config.send(
    new DescribeDeliveryChannelStatusCommand({}),
  );
  return status;
}

describe('a running recorder', () => {
  // spec: CFG-RECORD-1, CFG-RECORD-2, CFG-ITEM-5
  test('records a bucket from its making to its end, each change once, and nothing where nothing changed', async () => {
    const laidOut = await started();
    const { s3 } = laidOut.owner;
    const Bucket = 'recorded-bucket';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const tag = { Tagging: { TagSet: [{ Key: 'team', Value: 'audit' }] } };
    await s3.send(new PutBucketTaggingCommand({ Bucket, ...tag }));
    await s3.send(new PutBucketTaggingCommand({ Bucket, ...tag }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    const items = await historyOf(laidOut, 'AWS::S3::Bucket', Bucket);
    expect(items.map(({ configurationItemStatus }) => configurationItemStatus)).toEqual([
      'ResourceDiscovered',
      'OK',
      'OK',
      'ResourceDeleted',
    ]);
    expect(items[1]?.tags).toEqual({ team: 'audit' });
    expect(items[3]).toMatchObject({ arn: `arn:aws:s3:::${Bucket}`, tags: {}, relationships: [] });
    expect(items[3]?.configuration).toBeUndefined();
    const ids = items.map(({ configurationStateId }) => Number(configurationStateId));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    await laidOut.app.close();
  });

  // spec: CFG-RECORD-3
  test('says of what it does not record only that it came and went', async () => {
    const laidOut = await started({}, { resourceTypes: ['AWS::KMS::Key'] });
    const Bucket = 'another-bucket';
    await laidOut.owner.s3.send(new CreateBucketCommand({ Bucket }));
    await laidOut.owner.s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    await laidOut.owner.s3.send(new DeleteBucketCommand({ Bucket }));
    const items = await historyOf(laidOut, 'AWS::S3::Bucket', Bucket);
    expect(items.map(({ configurationItemStatus }) => configurationItemStatus)).toEqual([
      'ResourceNotRecorded',
      'ResourceDeletedNotRecorded',
    ]);
    await laidOut.app.close();
  });

  // spec: CFG-RECORD-4, CFG-RECORD-5
  test('takes an inventory when it starts again: what changed meanwhile has one item, what went is gone', async () => {
    const laidOut = await started();
    const { config } = laidOut.clients;
    const { s3 } = laidOut.owner;
    await s3.send(new CreateBucketCommand({ Bucket: 'goes-away' }));
    await config.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    await s3.send(new DeleteBucketCommand({ Bucket: 'goes-away' }));
    await s3.send(new CreateBucketCommand({ Bucket: 'comes-now' }));
    expect(await historyOf(laidOut, 'AWS::S3::Bucket', 'goes-away')).toHaveLength(1);
    await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    const { resourceIdentifiers = [] } = await config.send(
      new ListDiscoveredResourcesCommand({ resourceType: 'AWS::S3::Bucket', includeDeletedResources: true }),
    );
    expect(
      resourceIdentifiers.map((one) => [one.resourceId, one.resourceDeletionTime !== undefined]),
    ).toEqual([
      ['comes-now', false],
      ['config-logs', false],
      ['goes-away', true],
    ]);
    expect(await historyOf(laidOut, 'AWS::S3::Bucket', laidOut.bucket)).toHaveLength(1);
    // Whether it records belongs to the recorder's configuration: it was started, stopped and started.
    const ofRecorder = await historyOf(laidOut, 'AWS::Config::ConfigurationRecorder', 'default');
    expect(
      ofRecorder.map(({ configuration = '' }) => (JSON.parse(configuration) as RecorderItem).Recording),
    ).toEqual([true, false, true]);
    await laidOut.app.close();
  });
});

interface RecorderItem {
  readonly Recording: boolean;
}

describe('by the clock', () => {
  // spec: CFG-CLOCK-1, CFG-CLOCK-2, CFG-STATUS-2
  test('every item is in exactly one history file, a file for each type that changed, every six hours', async () => {
    const laidOut = await started();
    const { config } = laidOut.clients;
    const put = (size: number) =>
      config.send(
        new PutResourceConfigCommand({
          ResourceType: 'Acme::Db::Table',
          ResourceId: 't1',
          SchemaVersionId: '00000001',
          Configuration: JSON.stringify({ size }),
        }),
      );
    await put(1);
    expect(await filesOf(laidOut, 'ConfigHistory')).toEqual([]);
    expect((await statusOf(laidOut))?.configHistoryDeliveryInfo).toEqual({});
    await passes(laidOut, 6 * hour);
    const first = await filesOf(laidOut, 'ConfigHistory');
    expect(first.map((key) => /ConfigHistory_([A-Za-z:0-9]+)_\d+T/.exec(key)?.[1]).sort()).toEqual([
      'AWS::Config::ConfigurationRecorder',
      'AWS::IAM::Role',
      'AWS::KMS::Key',
      'AWS::S3::Bucket',
      'Acme::Db::Table',
    ]);
    await passes(laidOut, 6 * hour);
    expect(await filesOf(laidOut, 'ConfigHistory')).toEqual(first);
    await put(2);
    await put(2);
    await config.send(new DeleteResourceConfigCommand({ ResourceType: 'Acme::Db::Table', ResourceId: 't1' }));
    await passes(laidOut, 12 * hour);
    const all = await filesOf(laidOut, 'ConfigHistory');
    expect(all).toHaveLength(first.length + 1);
    const tables = (await itemsIn(laidOut, all)).filter(({ resourceId }) => resourceId === 't1');
    expect(tables.map((item) => item.configurationItemStatus).sort()).toEqual(
      ['ResourceDiscovered', 'OK', 'ResourceDeleted'].sort(),
    );
    const everyId = (await itemsIn(laidOut, all)).map(
      (item) => `${item.resourceType} ${item.resourceId} ${item.configurationStateId}`,
    );
    expect(new Set(everyId).size).toBe(everyId.length);
    expect((await statusOf(laidOut))?.configHistoryDeliveryInfo).toMatchObject({ lastStatus: 'SUCCESS' });
    await laidOut.app.close();
  });

  // spec: CFG-CLOCK-3
  test('snapshots are written at the frequency of the channel, each at its own time', async () => {
    const laidOut = await started({
      configSnapshotDeliveryProperties: { deliveryFrequency: 'Three_Hours' },
    });
    await passes(laidOut, 24 * hour);
    const files = await filesOf(laidOut, 'ConfigSnapshot');
    expect(files).toHaveLength(8);
    const { configSnapshotDeliveryInfo: info } = (await statusOf(laidOut)) ?? {};
    expect(info).toMatchObject({ lastStatus: 'SUCCESS', nextDeliveryTime: expect.any(Date) as Date });
    const gapMillis = (info?.nextDeliveryTime?.getTime() ?? 0) - (info?.lastAttemptTime?.getTime() ?? 0);
    expect(Math.abs(gapMillis - 3 * hour * 1000)).toBeLessThan(60_000);
    await laidOut.clients.config.send(
      new PutDeliveryChannelCommand({
        DeliveryChannel: { name: 'default', s3BucketName: laidOut.bucket },
      }),
    );
    await passes(laidOut, 24 * hour);
    expect(await filesOf(laidOut, 'ConfigSnapshot')).toHaveLength(8);
    await laidOut.app.close();
  });

  // spec: CFG-RETRY-1, CFG-STATUS-3
  test('a refused history file is written once when the key is mended, and the status tells both', async () => {
    const laidOut = await started();
    await laidOut.owner.kms.send(new DisableKeyCommand({ KeyId: laidOut.keyArn }));
    await passes(laidOut, 6 * hour);
    expect(await filesOf(laidOut, 'ConfigHistory')).toEqual([]);
    expect((await statusOf(laidOut))?.configHistoryDeliveryInfo).toMatchObject({ lastStatus: 'FAILURE' });
    await laidOut.owner.kms.send(new EnableKeyCommand({ KeyId: laidOut.keyArn }));
    await passes(laidOut, 6 * hour);
    const files = await filesOf(laidOut, 'ConfigHistory');
    const keys = (await itemsIn(laidOut, files)).filter(
      ({ resourceType }) => resourceType === 'AWS::KMS::Key',
    );
    expect(keys.map((item) => item.configurationItemStatus)).toEqual(['ResourceDiscovered', 'OK', 'OK']);
    expect((await statusOf(laidOut))?.configHistoryDeliveryInfo).toMatchObject({ lastStatus: 'SUCCESS' });
    await passes(laidOut, 12 * hour);
    expect(await filesOf(laidOut, 'ConfigHistory')).toEqual(files);
    await laidOut.app.close();
  });
});

describe('reading', () => {
  // spec: CFG-COUNT-1
  test('counts by type, the largest first, and nothing when the recorder is off', async () => {
    const laidOut = await started();
    const { config } = laidOut.clients;
    await laidOut.owner.s3.send(new CreateBucketCommand({ Bucket: 'one-more-bucket' }));
    const counted = await config.send(new GetDiscoveredResourceCountsCommand({}));
    expect(counted.totalDiscoveredResources).toBe(5);
    expect(counted.resourceCounts?.[0]).toEqual({ resourceType: 'AWS::S3::Bucket', count: 2 });
    const some = await config.send(
      new GetDiscoveredResourceCountsCommand({ resourceTypes: ['AWS::KMS::Key'] }),
    );
    expect(some).toMatchObject({ totalDiscoveredResources: 1, resourceCounts: [{ count: 1 }] });
    await config.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    expect((await config.send(new GetDiscoveredResourceCountsCommand({}))).resourceCounts).toEqual([]);
    await laidOut.app.close();
  });

  // spec: CFG-PAGE-1
  test('goes on from the tokens that it gave out, and from no others', async () => {
    const laidOut = await started();
    const { config } = laidOut.clients;
    for (const Bucket of ['aa-bucket', 'bb-bucket'])
      await laidOut.owner.s3.send(new CreateBucketCommand({ Bucket }));
    const resourceType = 'AWS::S3::Bucket';
    const list = (nextToken?: string) =>
      config.send(new ListDiscoveredResourcesCommand({ resourceType, limit: 2, nextToken }));
    const first = await list();
    const second = await list(first.nextToken);
    const found = [first, second].flatMap(({ resourceIdentifiers = [] }) => resourceIdentifiers);
    expect(found.map(({ resourceId }) => resourceId)).toEqual(['aa-bucket', 'bb-bucket', 'config-logs']);
    expect(second.nextToken).toBeUndefined();
    const invalid = { name: 'InvalidNextTokenException' };
    const [after = '', mark = ''] = (first.nextToken ?? '').split('.');
    const forged = `${Buffer.from('aa-bucket').toString('base64url')}.${mark}`;
    for (const token of [forged, after, `${after}.${'A'.repeat(43)}`])
      await expect(list(token)).rejects.toMatchObject(invalid);
    await expect(
      config.send(new GetDiscoveredResourceCountsCommand({ nextToken: first.nextToken })),
    ).rejects.toMatchObject(invalid);
    await laidOut.app.close();
  });
});
