/**
 * The delivered files as Athena reads them: partitions out of the path, one JSON document on one line to a file, and
 * of each item the members that AWS's table definitions name, with their types.
 */
import { gunzipSync } from 'node:zlib';
import {
  DeliverConfigSnapshotCommand,
  PutResourceConfigCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOut, putChannel, recorderAccount as account, region, type LaidOut } from './delivery-account.ts';

interface Row {
  /** Out of the path. */
  readonly partition: Readonly<Record<'account' | 'region' | 'day' | 'dataSource', string>>;
  readonly item: Readonly<Record<string, unknown>>;
}

let laidOut: LaidOut;
let rows: readonly Row[];
let keys: readonly string[];

beforeAll(async () => {
  laidOut = await layOut({ bucketPolicy: () => null });
  await putChannel(laidOut);
  const { app, clients } = laidOut;
  const { config, s3 } = clients;
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'short-lived' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
  const Tagging = { TagSet: [{ Key: 'team', Value: 'platform' }] };
  await s3.send(new PutBucketTaggingCommand({ Bucket: 'kept', Tagging }));
  await s3.send(new DeleteBucketCommand({ Bucket: 'short-lived' }));
  await config.send(
    new PutResourceConfigCommand({
      ResourceType: 'Acme::Db::Table',
      SchemaVersionId: '00000001',
      ResourceId: 't1',
      ResourceName: 'table',
      Configuration: '{"text":"two\\nlines\\u2028","size":1}',
      Tags: { team: 'data' },
    }),
  );
  app.world.advanceClock(1000);
  await config.send(new DeliverConfigSnapshotCommand({ deliveryChannelName: 'default' }));
  app.world.advanceClock(6 * 3600 * 1000);
  await app.settle();
  ({ rows, keys } = await readAll(laidOut));
});
afterAll(() => laidOut.app.close());

/** Every file under the prefix, as a table: like Athena, it knows nothing but the paths and the lines. */
async function readAll({ owner, bucket }: LaidOut) {
  const { Contents = [] } = await owner.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  const found = Contents.flatMap(({ Key = '' }) => (Key.endsWith('.json.gz') ? [Key] : []));
  const all: Row[] = [];
  for (const Key of found) {
    const path = /^AWSLogs\/(\d{12})\/Config\/([a-z0-9-]+)\/(\d+\/\d+\/\d+)\/(\w+)\//.exec(Key);
    expect(path).not.toBeNull();
    const [, ofAccount = '', ofRegion = '', day = '', dataSource = ''] = path ?? [];
    const read = await owner.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const text = gunzipSync((await read.Body?.transformToByteArray()) ?? new Uint8Array()).toString();
    const lines = text.split('\n');
    expect(lines).toHaveLength(1);
    const { fileVersion, configSnapshotId, configurationItems, ...others } = JSON.parse(lines[0] ?? '') as {
      fileVersion: string;
      configSnapshotId: string;
      configurationItems: readonly Readonly<Record<string, unknown>>[];
    };
    expect([fileVersion, others]).toEqual(['1.0', {}]);
    expect(configSnapshotId).toMatch(/^[0-9a-f-]{36}$/);
    for (const item of configurationItems)
      all.push({ partition: { account: ofAccount, region: ofRegion, day, dataSource }, item });
  }
  return { rows: all, keys: found };
}

function select(dataSource: string, where: Readonly<Record<string, unknown>>): readonly Row['item'][] {
  return rows
    .filter(({ partition }) => partition.dataSource === dataSource)
    .map(({ item }) => item)
    .filter((item) => Object.entries(where).every(([name, value]) => item[name] === value));
}

/** The columns of AWS's table definitions, with what may stand in them. */
const columns: Readonly<Record<string, (value: unknown) => boolean>> = {
  relatedEvents: isListOf((value) => typeof value === 'string'),
  relationships: isListOf(isObject),
  configuration: isObject,
  supplementaryConfiguration: isObject,
  tags: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
  configurationItemVersion: (value) => value === '1.3',
  configurationItemCaptureTime: isTime,
  configurationStateId: (value) => Number.isInteger(value),
  awsAccountId: (value) => value === account,
  configurationItemStatus: (value) => typeof value === 'string',
  resourceType: (value) => typeof value === 'string' && /^\w+::\w+::\w+$/.test(value),
  resourceId: (value) => typeof value === 'string',
  resourceName: (value) => typeof value === 'string',
  ARN: (value) => typeof value === 'string' && value.startsWith('arn:'),
  awsRegion: (value) => value === region || value === 'global',
  availabilityZone: (value) => typeof value === 'string',
  configurationStateMd5Hash: (value) => value === '',
  resourceCreationTime: isTime,
};

function isListOf(isElement: (value: unknown) => boolean) {
  return (value: unknown) => Array.isArray(value) && value.every(isElement);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
}

describe('the delivered files', () => {
  // spec: CFG-ITEM-1, CFG-ITEM-3
  it('hold items of the columns that there are, in their order, none of which is null', () => {
    expect(rows.length).toBeGreaterThan(8);
    for (const { item } of rows) {
      const names = Object.keys(item);
      expect(names).toEqual(Object.keys(columns).filter((name) => names.includes(name)));
      for (const [name, value] of Object.entries(item))
        expect([name, value, columns[name]?.(value)]).toEqual([name, value, true]);
    }
  });

  // spec: CFG-SNAPSHOT-2, CFG-SNAPSHOT-3
  it('tell what there is: the newest item of each resource that is there', () => {
    const buckets = select('ConfigSnapshot', { resourceType: 'AWS::S3::Bucket' });
    expect(buckets.map(({ resourceId }) => resourceId)).toEqual(['config-logs', 'kept']);
    expect(buckets[1]).toMatchObject({ tags: { team: 'platform' }, configurationItemStatus: 'OK' });
    expect(select('ConfigSnapshot', { resourceId: 't1' })).toMatchObject([
      { configuration: { text: 'two\nlines\u2028', size: 1 }, resourceName: 'table', tags: { team: 'data' } },
    ]);
  });

  // spec: CFG-CLOCK-2
  it('tell what was: each item once, from its making to its end', () => {
    expect(
      select('ConfigHistory', { resourceId: 'short-lived' }).map((item) => item['configurationItemStatus']),
    ).toEqual(['ResourceDiscovered', 'ResourceDeleted']);
    expect(select('ConfigHistory', { resourceId: 'kept' })).toHaveLength(2);
    const names = rows
      .filter(({ partition }) => partition.dataSource === 'ConfigHistory')
      .map(({ item }) => `${String(item['resourceId'])} ${String(item['configurationStateId'])}`);
    expect(new Set(names).size).toBe(names.length);
  });

  // spec: DLV-NAME-3
  it('hold one resource type to a history file, which its key names', () => {
    const types = keys.flatMap((key) => /_ConfigHistory_(.+?)_\d{8}T/.exec(key)?.[1] ?? []);
    expect(new Set(types).size).toBe(types.length);
    expect(types).toEqual(expect.arrayContaining(['AWS::S3::Bucket', 'AWS::KMS::Key', 'Acme::Db::Table']));
  });
});
