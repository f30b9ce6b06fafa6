import { createHmac } from 'node:crypto';
import type {
  BatchGetResourceConfigResponse,
  GetDiscoveredResourceCountsResponse,
  GetResourceConfigHistoryResponse,
  ListDiscoveredResourcesResponse,
} from '@aws-sdk/client-config-service';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseAccountId } from '../../aws/account-id.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import type { AnyOperation, OperationContext } from '../operation.ts';
import { put, type RecordStore } from '../records.ts';
import { configOperations } from './operations.ts';
import { placeKey, recorders, resourceKey, resources, type ConfigPorts, type ItemRecord } from './ports.ts';
import { itemChanges } from './record-resource.ts';

const account = parseAccountId('111122223333');
if (account === null) throw new Error('not an account ID');
const place = { account, region: 'us-east-1' };
const dayMillis = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 2, 20);

let records: RecordStore;
beforeEach(async () => {
  records = openMemory();
  // The operations ask no more of a recorder than whether it is there and runs.
  const recorder = { ...place, name: 'default', isRecording: true } as never;
  await records.commit([put(recorders, placeKey(place), recorder)]);
});

async function record(item: Partial<ItemRecord>, atMillis: number): Promise<void> {
  const next: ItemRecord = {
    ...place,
    awsRegion: place.region,
    capturedAtMillis: atMillis,
    status: 'OK',
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'logs',
    resourceName: null,
    arn: null,
    availabilityZone: null,
    resourceCreatedAtMillis: null,
    tags: {},
    relationships: [],
    configuration: { atMillis },
    supplementaryConfiguration: {},
    ...item,
  };
  const before = await records.get(resources, resourceKey(place, next.resourceType, next.resourceId));
  await records.commit(itemChanges(before, next, { nowMillis: atMillis, isToldOf: false }));
}

async function call<Output>(name: keyof typeof configOperations, input: object): Promise<Output> {
  const ports = {
    records,
    pageTokens: { mark: (text: string) => createHmac('sha256', 'key').update(text).digest('base64url') },
  };
  const caller = { account };
  // These operations use nothing else of their context.
  const context = {
    ports,
    caller,
    region: place.region,
    nowMillis: () => now,
  } as unknown as OperationContext<ConfigPorts>;
  // Inputs and outputs are told by the caller.
  const operation = configOperations[name] as AnyOperation<ConfigPorts>;
  operation.validate?.(input);
  return (await operation.operate(input, null, context)) as Output;
}

describe('the history of a resource', () => {
  const asked = { resourceType: 'AWS::S3::Bucket', resourceId: 'logs' };
  const days = async (more: object = {}): Promise<readonly number[]> => {
    const read = await call<GetResourceConfigHistoryResponse>('GetResourceConfigHistory', {
      ...asked,
      ...more,
    });
    return (read.configurationItems ?? []).map(({ configuration = '{}' }) =>
      Math.round(((JSON.parse(configuration) as { atMillis: number }).atMillis - now) / dayMillis),
    );
  };
  const at = (day: number): Date => new Date(now + day * dayMillis);

  beforeEach(async () => {
    for (const day of [-20, -9, -8, -3, -2, -1]) await record({}, now + day * dayMillis);
    await record({ resourceId: 'logs2' }, now);
  });

  // spec: CFG-HISTORY-1, CFG-HISTORY-2
  test('comes in pages of seven days at most, in either order, until all is read', async () => {
    for (const chronologicalOrder of ['Reverse', 'Forward']) {
      const pages: number[][] = [];
      let nextToken: string | undefined;
      do {
        const more = { chronologicalOrder, ...(nextToken === undefined ? {} : { nextToken }) };
        pages.push([...(await days(more))]);
        ({ nextToken } = await call<GetResourceConfigHistoryResponse>('GetResourceConfigHistory', {
          ...asked,
          ...more,
        }));
      } while (nextToken !== undefined);
      expect(pages).toEqual(
        chronologicalOrder === 'Reverse' ? [[-1, -2, -3, -8], [-9], [-20]] : [[-20], [-9, -8, -3, -2], [-1]],
      );
    }
  });

  // spec: CFG-HISTORY-3
  test('is cut at the times that are asked for, both included', async () => {
    expect(await days({ earlierTime: at(-8), laterTime: at(-2) })).toEqual([-2, -3, -8]);
    expect(await days({ earlierTime: at(-2) })).toEqual([-1, -2]);
    expect(await days({ laterTime: at(-9) })).toEqual([-9]);
    expect(await days({ laterTime: at(-30) })).toEqual([]);
    expect(
      await days({ earlierTime: new Date(-1), laterTime: at(-19), chronologicalOrder: 'Forward' }),
    ).toEqual([-20]);
    for (const times of [
      { earlierTime: at(-2), laterTime: at(-2) },
      { earlierTime: at(-1), laterTime: at(-2) },
      { earlierTime: at(0) },
    ])
      await expect(days(times)).rejects.toMatchObject({ code: 'InvalidTimeRangeException' });
  });

  // spec: CFG-HISTORY-1
  test('outlives its resource, with the deletion as its last item', async () => {
    await record({ status: 'ResourceDeleted', configuration: null }, now);
    const read = await call<GetResourceConfigHistoryResponse>('GetResourceConfigHistory', {
      ...asked,
      limit: 1,
    });
    expect(read.configurationItems?.map((item) => item.configurationItemStatus)).toEqual(['ResourceDeleted']);
    await expect(days({ resourceId: 'never' })).rejects.toMatchObject({
      code: 'ResourceNotDiscoveredException',
      message: 'Resource never of resourceType:AWS::S3::Bucket is unknown or has not been discovered',
    });
  });

  // spec: CFG-HISTORY-1, CFG-PAGE-1
  test('takes a limit of 0 to 100 and a token for the same request alone', async () => {
    expect(await days({ limit: 0 })).toHaveLength(4);
    for (const limit of [101, -1])
      await expect(days({ limit })).rejects.toMatchObject({ code: 'InvalidLimitException' });
    const { nextToken } = await call<GetResourceConfigHistoryResponse>('GetResourceConfigHistory', {
      ...asked,
      limit: 1,
    });
    expect(await days({ nextToken, limit: 1 })).toEqual([-2]);
    for (const other of [{ resourceId: 'logs2' }, { chronologicalOrder: 'Forward' }, { laterTime: at(-1) }])
      await expect(days({ nextToken, ...other })).rejects.toMatchObject({
        code: 'InvalidNextTokenException',
      });
  });

  test('reads no more than a page of the items', async () => {
    const list = vi.spyOn(records, 'list');
    await days({ limit: 2 });
    expect(list.mock.calls.map(([, options]) => options?.limit)).toEqual([3]);
  });
});

describe('resources', () => {
  beforeEach(async () => {
    await record({ resourceId: 'a', resourceName: 'one', tags: { t: 'x' } }, now);
    await record(
      { resourceId: 'b', resourceName: 'two', status: 'ResourceDeleted', configuration: null },
      now,
    );
    await record({ resourceId: 'c', resourceName: 'one' }, now);
    await record({ resourceId: '\u{1f600}' }, now);
    await record({ resourceId: '\uffee', status: 'ResourceNotRecorded', configuration: null }, now);
    await record({ resourceType: 'AWS::S3::BucketX', resourceId: 'x' }, now);
    await record({ resourceType: 'AWS::KMS::Key', resourceId: 'k' }, now);
  });
  const resourceType = 'AWS::S3::Bucket';
  const list = async (more: object = {}) => {
    const read = await call<ListDiscoveredResourcesResponse>('ListDiscoveredResources', {
      resourceType,
      ...more,
    });
    return { ...read, ids: (read.resourceIdentifiers ?? []).map(({ resourceId }) => resourceId) };
  };

  // spec: CFG-LIST-1
  test('are listed by type, by IDs or by name, deleted ones where asked', async () => {
    expect((await list()).ids).toEqual(['a', 'c', '\uffee', '\u{1f600}']);
    expect((await list({ includeDeletedResources: true })).ids).toEqual([
      'a',
      'b',
      'c',
      '\uffee',
      '\u{1f600}',
    ]);
    expect((await list({ resourceName: 'one' })).ids).toEqual(['a', 'c']);
    expect((await list({ resourceName: 'two' })).ids).toEqual([]);
    expect((await list({ resourceName: 'two', includeDeletedResources: true })).resourceIdentifiers).toEqual([
      { resourceType, resourceId: 'b', resourceName: 'two', resourceDeletionTime: new Date(now) },
    ]);
    expect((await list({ resourceIds: ['c', 'b', 'x', 'a', 'c'] })).ids).toEqual(['a', 'c']);
    expect((await list({ resourceIds: ['c', 'b'], includeDeletedResources: true })).ids).toEqual(['b', 'c']);
    expect((await list({ resourceType: 'AWS::EC2::Volume' })).ids).toEqual([]);
  });

  // spec: CFG-LIST-1, CFG-PAGE-1
  test.each([
    {},
    { includeDeletedResources: true },
    { resourceIds: ['c', 'a', '\u{1f600}'] },
    { resourceName: 'one' },
  ])('asked for by %j are listed page by page', async (more) => {
    const pages: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const read = await list({ ...more, limit: 1, nextToken });
      expect(read.ids.length).toBeLessThanOrEqual(1);
      pages.push(...read.ids);
      ({ nextToken } = read);
    } while (nextToken !== undefined);
    expect(pages).toEqual((await list(more)).ids);
  });

  // spec: CFG-LIST-1, CFG-PAGE-1
  test('are not listed with a token of another request, nor by IDs and name, nor by more than 20 IDs', async () => {
    const { nextToken } = await list({ limit: 1 });
    await expect(list({ nextToken, includeDeletedResources: true })).rejects.toMatchObject({
      code: 'InvalidNextTokenException',
    });
    await expect(list({ resourceIds: ['a'], resourceName: 'one' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'Both Resource ID and Resource Name cannot be specified in the request',
    });
    const ids = (count: number) => Array.from({ length: count }, (_, n) => String(n));
    expect((await list({ resourceIds: ids(20) })).ids).toEqual([]);
    await expect(list({ resourceIds: ids(21) })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  // spec: CFG-LIST-2
  test('are read in batches of 100, without tags; what is not there is missing', async () => {
    const supplementaryConfiguration = {
      BucketTaggingConfiguration: { tagSets: [] },
      BucketPolicy: { policyText: null },
    };
    await record({ resourceId: 'd', supplementaryConfiguration }, now);
    const read = (keys: readonly object[]) =>
      call<BatchGetResourceConfigResponse>('BatchGetResourceConfig', { resourceKeys: keys });
    const key = (resourceId: string) => ({ resourceType, resourceId });
    const answer = await read([key('d'), key('a'), key('a'), key('b'), key('\uffee'), key('never')]);
    expect(answer.baseConfigurationItems?.map(({ resourceId }) => resourceId)).toEqual(['d', 'a']);
    expect(answer.unprocessedResourceKeys).toEqual([]);
    expect(answer.baseConfigurationItems?.[0]?.supplementaryConfiguration).toEqual({
      BucketPolicy: '{"policyText":null}',
    });
    expect(answer.baseConfigurationItems?.[1]).not.toHaveProperty('tags');
    expect((await read(Array.from({ length: 100 }, () => key('a')))).baseConfigurationItems).toHaveLength(1);
    await expect(read(Array.from({ length: 101 }, () => key('a')))).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(
        /^1 validation error detected: Value '\[com\.amazonaws\.starling\.dove\.ResourceKey@.*at 'resourceKeys' failed to satisfy constraint: Member must have length less than or equal to 100$/,
      ) as string,
    });
    await expect(read([])).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(read([{ resourceType }])).rejects.toMatchObject({
      code: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'resourceKeys.1.member.resourceId' failed to satisfy constraint: Member must not be null",
    });
  });

  // spec: CFG-COUNT-1, CFG-PAGE-1
  test('are counted by type, the largest count first, page by page', async () => {
    const count = (more: object = {}) =>
      call<GetDiscoveredResourceCountsResponse>('GetDiscoveredResourceCounts', more);
    const whole = [
      { resourceType, count: 3 },
      { resourceType: 'AWS::KMS::Key', count: 1 },
      { resourceType: 'AWS::S3::BucketX', count: 1 },
    ];
    expect(await count()).toEqual({ totalDiscoveredResources: 5, resourceCounts: whole });
    expect(await count({ resourceTypes: ['AWS::KMS::Key', 'AWS::None'] })).toEqual({
      totalDiscoveredResources: 1,
      resourceCounts: [{ resourceType: 'AWS::KMS::Key', count: 1 }],
    });
    const first = await count({ limit: 1 });
    const second = await count({ limit: 1, nextToken: first.nextToken });
    const third = await count({ limit: 1, nextToken: second.nextToken });
    expect([first, second, third].flatMap(({ resourceCounts = [] }) => resourceCounts)).toEqual(whole);
    expect([first, second, third].map((page) => page.totalDiscoveredResources)).toEqual([5, 5, 5]);
    expect(third.nextToken).toBeUndefined();
    await expect(count({ resourceTypes: Array.from({ length: 21 }, () => 'x') })).rejects.toMatchObject({
      code: 'ValidationException',
    });
    await expect(count({ resourceTypes: [''] })).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
