import { describe, expect, test } from 'vitest';
import { parseAccountId } from '../../aws/account-id.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { items, resources, type InventoryItem, type RecorderRecord } from './ports.ts';
import { ItemTooLarge, itemMaxBytes, recordedChanges } from './record-resource.ts';

const account = parseAccountId('111122223333') ?? failed();

function failed(): never {
  throw new Error('not an account ID');
}

const recorder: RecorderRecord = {
  account,
  region: 'us-east-1',
  name: 'default',
  arn: 'arn:aws:config:us-east-1:111122223333:configuration-recorder/default/abc',
  roleARN: 'arn:aws:iam::111122223333:role/config',
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

function bucketWith(text: string): InventoryItem {
  return {
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'logs',
    resourceName: 'logs',
    arn: 'arn:aws:s3:::logs',
    awsRegion: 'us-east-1',
    availabilityZone: 'Regional',
    resourceCreationTimeMillis: 0,
    tags: {},
    configuration: { text },
    supplementaryConfiguration: {},
  };
}

const records = openMemory();

async function record(text: string, nowMillis: number) {
  const seen = bucketWith(text);
  const changes = await recordedChanges(
    records,
    recorder,
    { resourceType: seen.resourceType, resourceId: seen.resourceId, seen },
    nowMillis,
  );
  return records.commit(changes);
}

describe('an item', () => {
  // spec: CFG-ITEM-5
  test('comes after the one before it, also when the clock was set back', async () => {
    await record('one', 5000);
    await record('two', 3000);
    await record('three', 1);
    const kept = await records.list(items);
    expect(kept.map(({ value }) => [value.capturedAtMillis, value.configuration])).toEqual([
      [5000, { text: 'one' }],
      [5001, { text: 'two' }],
      [5002, { text: 'three' }],
    ]);
  });

  // spec: CFG-ITEM-8
  test('of more than 10 MiB is not stored, and neither is anything with it', async () => {
    const before = await records.list(resources);
    const overhead = JSON.stringify({ ...before[0]?.value.item, configuration: { text: '' } }).length;
    await expect(record('x'.repeat(itemMaxBytes), 9000)).rejects.toThrow(ItemTooLarge);
    expect(await records.list(resources)).toEqual(before);
    expect(await record('x'.repeat(itemMaxBytes - overhead - 100), 9000)).toBe('committed');
  });
});
