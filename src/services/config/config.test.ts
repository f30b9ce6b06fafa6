import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type {
  DescribeConfigurationRecordersResponse,
  DescribeDeliveryChannelsResponse,
  GetResourceConfigHistoryResponse,
} from '@aws-sdk/client-config-service';
import { parseAccountId } from '../../aws/account-id.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { realWorld } from '../../world/world.ts';
import type { Caller, OperationContext, Permission } from '../operation.ts';
import { config } from './config.ts';
import type { configOperations } from './operations.ts';
import type { ChannelVerification, ConfigPorts, InventoryItem, SnapshotOrder } from './ports.ts';
import { snapshotText } from './snapshot.ts';

const account = parseAccountId('111122223333') ?? failed();
const region = 'us-east-1';
const roleARN = 'arn:aws:iam::111122223333:role/config';

function failed(): never {
  throw new Error('not an account ID');
}

const caller: Caller = {
  principal: { kind: 'account-root', account, partition: 'aws' },
  account,
  sessionPolicies: null,
  context: [],
  forwardedBy: null,
  userId: account,
  accessKeyId: account,
};

const bucket: InventoryItem = {
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'config-logs',
  resourceName: 'config-logs',
  arn: 'arn:aws:s3:::config-logs',
  awsRegion: region,
  availabilityZone: 'Regional',
  resourceCreationTimeMillis: Date.UTC(2026, 0, 1),
  tags: {},
  configuration: { name: 'config-logs' },
  supplementaryConfiguration: { BucketPolicy: { policyText: null } },
};
const role: InventoryItem = {
  ...bucket,
  resourceType: 'AWS::IAM::Role',
  resourceId: 'AROAX',
  awsRegion: 'global',
};

/** AWS Config without a server: calls are validated, resolved and operated; the checks of channels end as told. */
function configOf(verification: ChannelVerification = { outcome: 'verified', deliversAs: 'role' }) {
  const records = openMemory();
  const world = realWorld();
  const asked: Permission[] = [];
  const orders: SnapshotOrder[] = [];
  const ports: ConfigPorts = {
    records,
    inventory: { of: () => Promise.resolve([role, bucket]) },
    deliveries: {
      verifyChannel: () => Promise.resolve(verification),
      snapshotOrder(order) {
        orders.push(order);
        return [];
      },
      historyOrder: () => Promise.resolve([]),
      retryOrder: () => Promise.resolve([]),
      oversizedOrder: () => Promise.resolve([]),
      notify: () => Promise.resolve({ refusal: null }),
      wake: () => undefined,
    },
    recorderRole: { refusal: () => Promise.resolve(null) },
    pageTokens: { mark: (text) => createHmac('sha256', 'key').update(text).digest('base64url') },
    topics: { exists: (arn) => Promise.resolve(!arn.endsWith(':missing')) },
  };
  async function call<Output>(name: keyof typeof configOperations, input: object = {}): Promise<Output> {
    const operation = config.operations[name] ?? failed();
    const context: OperationContext<ConfigPorts> = {
      ...world,
      ports,
      caller,
      region,
      partition: 'aws',
      requestId: 'r',
      payload: null,
      signal: AbortSignal.timeout(10_000),
      decide: () => Promise.reject(new Error('nothing is asked for')),
    };
    operation.validate?.(input);
    const resources: unknown = await operation.resolve(input, context);
    if (typeof operation.authorization === 'function')
      asked.push(...operation.authorization(input, resources, context));
    return (await operation.operate(input, resources, context)) as Output;
  }
  async function withChannel() {
    await call('PutConfigurationRecorder', { ConfigurationRecorder: { name: 'default', roleARN } });
    await call('PutDeliveryChannel', { DeliveryChannel: { name: 'default', s3BucketName: 'config-logs' } });
  }
  async function started() {
    await withChannel();
    await call('StartConfigurationRecorder', { ConfigurationRecorderName: 'default' });
  }
  return { call, asked, orders, ports, world, withChannel, started };
}

function error(code: string, message?: string): object {
  return expect.objectContaining(message === undefined ? { code } : { code, message, status: 400 }) as object;
}

describe('a configuration recorder', () => {
  // spec: CFG-REC-1, CFG-GROUP-1
  test('without a name is called default and records all supported types but the global ones', async () => {
    const { call } = configOf();
    await call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    const { ConfigurationRecorders } = await call<DescribeConfigurationRecordersResponse>(
      'DescribeConfigurationRecorders',
    );
    expect(ConfigurationRecorders).toEqual([
      {
        arn: expect.stringMatching(
          /^arn:aws:config:us-east-1:111122223333:configuration-recorder\/default\/[a-z0-9]{16}$/,
        ) as string,
        name: 'default',
        roleARN,
        recordingGroup: {
          allSupported: true,
          includeGlobalResourceTypes: false,
          resourceTypes: [],
          exclusionByResourceTypes: { resourceTypes: [] },
          recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
        },
        recordingMode: { recordingFrequency: 'CONTINUOUS', recordingModeOverrides: [] },
        recordingScope: 'PAID',
      },
    ]);
  });

  // spec: CFG-AUTH-1, CFG-AUTH-2
  test('needs the permission to pass its role to AWS Config', async () => {
    const { call, asked } = configOf();
    await call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    expect(asked.map(({ action }) => action)).toEqual(['config:PutConfigurationRecorder', 'iam:PassRole']);
    expect(asked[1]).toMatchObject({ resource: roleARN });
    expect(new Map(asked[1]?.context).get('iam:PassedToService')).toMatchObject({
      values: ['config.amazonaws.com'],
    });
  });

  // spec: CFG-AUTH-3
  test('cannot have a role of another account, whatever the caller may do', async () => {
    const { call } = configOf();
    await expect(
      call('PutConfigurationRecorder', {
        ConfigurationRecorder: { roleARN: 'arn:aws:iam::222222222222:role/config' },
      }),
    ).rejects.toEqual(error('AccessDeniedException', 'Cross-account pass role is not allowed.'));
  });

  // spec: CFG-REC-2
  test('of another name is one too many', async () => {
    const { call } = configOf();
    await call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    await expect(
      call('PutConfigurationRecorder', { ConfigurationRecorder: { name: 'second', roleARN } }),
    ).rejects.toEqual(
      error(
        'MaxNumberOfConfigurationRecordersExceededException',
        "Failed to put configuration recorder 'second' because the maximum number of configuration recorders: 1 is reached.",
      ),
    );
  });

  // spec: CFG-GROUP-2
  test.each([
    ['nothing in it', {}],
    ['all types and a list', { allSupported: true, resourceTypes: ['AWS::S3::Bucket'] }],
    ['a list and global types', { resourceTypes: ['AWS::S3::Bucket'], includeGlobalResourceTypes: true }],
    [
      'exclusions without their strategy',
      { exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket'] } },
    ],
    [
      'the strategy of exclusions without any',
      { recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } },
    ],
  ])('does not take a recording group with %s', async (_, recordingGroup) => {
    const { call } = configOf();
    await expect(
      call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN, recordingGroup } }),
    ).rejects.toEqual(error('InvalidRecordingGroupException', 'The recording group provided is not valid'));
  });

  // spec: CFG-GROUP-3
  test('does not take a recording mode without a frequency', async () => {
    const { call } = configOf();
    await expect(
      call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN, recordingMode: {} } }),
    ).rejects.toEqual(error('ValidationException'));
  });

  // spec: CFG-REC-1
  test.each([
    ['', 'InvalidConfigurationRecorderNameException'],
    ['AWSConfigurationRecorderForX', 'InvalidConfigurationRecorderNameException'],
    ['n'.repeat(257), 'ValidationException'],
  ])('is not called %j', async (name, code) => {
    const { call } = configOf();
    await expect(
      call('PutConfigurationRecorder', { ConfigurationRecorder: { name, roleARN } }),
    ).rejects.toEqual(error(code));
  });

  // spec: CFG-REC-4
  test('starts only with a delivery channel, and tells when', async () => {
    const { call, withChannel } = configOf();
    await call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    await expect(
      call('StartConfigurationRecorder', { ConfigurationRecorderName: 'default' }),
    ).rejects.toEqual(
      error(
        'NoAvailableDeliveryChannelException',
        'Delivery channel is not available to start configuration recorder.',
      ),
    );
    await withChannel();
    await call('StartConfigurationRecorder', { ConfigurationRecorderName: 'default' });
    // spec: CFG-STATUS-1
    expect(await call('DescribeConfigurationRecorderStatus')).toMatchObject({
      ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'SUCCESS' }],
    });
  });

  // spec: CFG-REC-3
  test('that is not there is not found, and none is an empty list', async () => {
    const { call } = configOf();
    expect(await call('DescribeConfigurationRecorders')).toEqual({ ConfigurationRecorders: [] });
    await expect(
      call('DescribeConfigurationRecorders', { ConfigurationRecorderNames: ['x'] }),
    ).rejects.toEqual(
      error(
        'NoSuchConfigurationRecorderException',
        "Cannot find configuration recorder with the specified name 'x'.",
      ),
    );
  });
});

describe('a delivery channel', () => {
  // spec: CFG-CHANNEL-1
  test('needs a recorder', async () => {
    const { call } = configOf();
    await expect(call('PutDeliveryChannel', { DeliveryChannel: { s3BucketName: 'b' } })).rejects.toEqual(
      error(
        'NoAvailableConfigurationRecorderException',
        'Configuration recorder is not available to put delivery channel.',
      ),
    );
  });

  // spec: CFG-CHANNEL-2
  test.each([
    [
      'role-not-assumable',
      `Insufficient delivery policy to s3 bucket: b, unable to assume role: ${roleARN}.`,
    ],
    ['acl-not-readable', 'Insufficient delivery policy to s3 bucket: b, unable to get s3 bucket acl.'],
    [
      'not-writable',
      "Insufficient delivery policy to s3 bucket: b, unable to write to bucket, provided s3 key prefix is 'null', provided kms key is 'null'.",
    ],
  ] as const)('whose checks end in %s is not stored', async (fault, message) => {
    const { call } = configOf({ outcome: 'refused', fault });
    await call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    await expect(call('PutDeliveryChannel', { DeliveryChannel: { s3BucketName: 'b' } })).rejects.toEqual(
      error('InsufficientDeliveryPolicyException', message),
    );
    expect(await call('DescribeDeliveryChannels')).toEqual({ DeliveryChannels: [] });
  });

  // spec: CFG-CHANNEL-2
  test("names prefix and key as they were given when it can't be written to, and a missing bucket by its own error", async () => {
    const s3KmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const channel = { s3BucketName: 'b', s3KeyPrefix: 'p', s3KmsKeyArn };
    const unwritable = configOf({ outcome: 'refused', fault: 'not-writable' });
    await unwritable.call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    await expect(unwritable.call('PutDeliveryChannel', { DeliveryChannel: channel })).rejects.toEqual(
      error(
        'InsufficientDeliveryPolicyException',
        `Insufficient delivery policy to s3 bucket: b, unable to write to bucket, provided s3 key prefix is 'p', provided kms key is '${s3KmsKeyArn}'.`,
      ),
    );
    const missing = configOf({ outcome: 'refused', fault: 'bucket-missing' });
    await missing.call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    await expect(missing.call('PutDeliveryChannel', { DeliveryChannel: channel })).rejects.toEqual(
      error('NoSuchBucketException'),
    );
  });

  // spec: CFG-CHANNEL-4
  test.each([
    [{ name: ' ', s3BucketName: 'b' }, 'InvalidDeliveryChannelNameException'],
    [{ name: 'n'.repeat(257), s3BucketName: 'b' }, 'ValidationException'],
    [{ name: 'default' }, 'NoSuchBucketException'],
    [{ s3BucketName: 'b', s3KeyPrefix: '' }, 'InvalidS3KeyPrefixException'],
    [{ s3BucketName: 'b', snsTopicARN: 'x' }, 'InvalidSNSTopicARNException'],
    [
      { s3BucketName: 'b', snsTopicARN: 'arn:aws:sns:eu-west-1:111122223333:t' },
      'InvalidSNSTopicARNException',
    ],
    [
      { s3BucketName: 'b', snsTopicARN: 'arn:aws:sns:us-east-1:111122223333:missing' },
      'InvalidSNSTopicARNException',
    ],
    [{ s3BucketName: 'b', s3KmsKeyArn: '1234abcd' }, 'InvalidS3KmsKeyArnException'],
    [
      { s3BucketName: 'b', configSnapshotDeliveryProperties: { deliveryFrequency: 'Daily' } },
      'ValidationException',
    ],
  ])('%j is %s', async (DeliveryChannel, code) => {
    const { call } = configOf();
    await call('PutConfigurationRecorder', { ConfigurationRecorder: { roleARN } });
    await expect(call('PutDeliveryChannel', { DeliveryChannel })).rejects.toEqual(error(code));
  });

  // spec: CFG-CHANNEL-2
  test('shows the members that are set, and an update keeps the bucket it does not name', async () => {
    const { call, withChannel } = configOf();
    await withChannel();
    await call('PutDeliveryChannel', { DeliveryChannel: { name: 'default', s3KeyPrefix: 'p' } });
    const { DeliveryChannels } = await call<DescribeDeliveryChannelsResponse>('DescribeDeliveryChannels');
    expect(JSON.parse(JSON.stringify(DeliveryChannels))).toEqual([
      { name: 'default', s3BucketName: 'config-logs', s3KeyPrefix: 'p' },
    ]);
    await expect(
      call('PutDeliveryChannel', { DeliveryChannel: { name: 'second', s3BucketName: 'b' } }),
    ).rejects.toEqual(error('MaxNumberOfDeliveryChannelsExceededException'));
  });

  // spec: CFG-CHANNEL-3
  test('stays while the recorder runs', async () => {
    const { call, started } = configOf();
    await started();
    await expect(call('DeleteDeliveryChannel', { DeliveryChannelName: 'default' })).rejects.toEqual(
      error(
        'LastDeliveryChannelDeleteFailedException',
        "Failed to delete last specified delivery channel with name 'default', because there, because there is a running configuration recorder.",
      ),
    );
    await call('StopConfigurationRecorder', { ConfigurationRecorderName: 'default' });
    await call('DeleteDeliveryChannel', { DeliveryChannelName: 'default' });
    expect(await call('DescribeDeliveryChannels')).toEqual({ DeliveryChannels: [] });
  });

  // spec: CFG-STATUS-2
  test('has three streams before its first delivery, of which notifications do not apply without a topic', async () => {
    const { call, withChannel } = configOf();
    await withChannel();
    expect(await call('DescribeDeliveryChannelStatus')).toEqual({
      DeliveryChannelsStatus: [
        {
          name: 'default',
          configSnapshotDeliveryInfo: {},
          configHistoryDeliveryInfo: {},
          configStreamDeliveryInfo: { lastStatus: 'NOT_APPLICABLE' },
        },
      ],
    });
  });
});

describe('a snapshot', () => {
  // spec: CFG-SNAPSHOT-1
  test('is ordered with its channel and the role of its recorder', async () => {
    const { call, started, orders } = configOf();
    await started();
    const { configSnapshotId } = await call<{ configSnapshotId: string }>('DeliverConfigSnapshot', {
      deliveryChannelName: 'default',
    });
    expect(orders).toMatchObject([{ configSnapshotId, roleArn: roleARN, s3BucketName: 'config-logs' }]);
  });

  // spec: CFG-SNAPSHOT-1
  test('needs a channel and a running recorder', async () => {
    const { call, withChannel } = configOf();
    const order = () => call('DeliverConfigSnapshot', { deliveryChannelName: 'default' });
    await expect(order()).rejects.toEqual(error('NoSuchDeliveryChannelException'));
    await withChannel();
    await expect(order()).rejects.toEqual(error('NoRunningConfigurationRecorderException'));
  });

  // spec: CFG-ITEM-1, CFG-ITEM-4, CFG-SNAPSHOT-2, CFG-SNAPSHOT-3
  test("is one JSON document on one line, with the items in AWS's form and without what is not recorded", async () => {
    const { call, ports, started } = configOf();
    await started();
    await call('PutResourceConfig', {
      ResourceType: 'Acme::Db::Table',
      SchemaVersionId: '00000001',
      ResourceId: 't1',
      Configuration: '{"size":1}',
    });
    const order = { account, region, configSnapshotId: 'id', orderedAtMillis: Date.now() + 1000 };
    const text = (await Readable.from(snapshotText(ports, order)).toArray()).join('');
    expect(text).not.toContain('\n');
    const snapshot = JSON.parse(text) as { configurationItems: object[] };
    expect(snapshot).toMatchObject({ fileVersion: '1.0', configSnapshotId: 'id' });
    // The bucket, the custom resource and the recorder itself; no role.
    expect(snapshot.configurationItems).toHaveLength(3);
    const [, bucketItem, table] = snapshot.configurationItems;
    expect(Object.keys(bucketItem ?? {})).toEqual([
      'relatedEvents',
      'relationships',
      'configuration',
      'supplementaryConfiguration',
      'tags',
      'configurationItemVersion',
      'configurationItemCaptureTime',
      'configurationStateId',
      'awsAccountId',
      'configurationItemStatus',
      'resourceType',
      'resourceId',
      'resourceName',
      'ARN',
      'awsRegion',
      'availabilityZone',
      'configurationStateMd5Hash',
      'resourceCreationTime',
    ]);
    const { configurationStateId } = bucketItem as { configurationStateId: number };
    expect(bucketItem).toMatchObject({
      resourceType: 'AWS::S3::Bucket',
      configurationItemCaptureTime: new Date(configurationStateId).toISOString(),
      supplementaryConfiguration: { BucketPolicy: { policyText: null } },
    });
    // spec: CFG-ITEM-3
    expect(table).not.toHaveProperty('ARN');
  });
});

describe('a custom resource', () => {
  const table = { ResourceType: 'Acme::Db::Table', SchemaVersionId: '00000001', ResourceId: 't1' };

  // spec: CFG-CUSTOM-1, CFG-CUSTOM-3, CFG-HISTORY-1, CFG-ITEM-2, CFG-ITEM-5
  test('has an item for each change, none for an unchanged put, and a last one when it is deleted', async () => {
    const { call, started } = configOf();
    await started();
    for (const size of [1, 1, 2])
      await call('PutResourceConfig', { ...table, Configuration: `{"size":${size}}` });
    await call('DeleteResourceConfig', table);
    const history = await call<GetResourceConfigHistoryResponse>('GetResourceConfigHistory', {
      resourceType: table.ResourceType,
      resourceId: table.ResourceId,
    });
    const items = history.configurationItems ?? [];
    expect(items.map((item) => item.configurationItemStatus)).toEqual([
      'ResourceDeleted',
      'OK',
      'ResourceDiscovered',
    ]);
    expect(items.map((item) => item.configuration)).toEqual([undefined, '{"size":2}', '{"size":1}']);
    const stateIds = items.map((item) => Number(item.configurationStateId));
    expect(stateIds).toEqual([...stateIds].sort((a, b) => b - a));
    expect(new Set(stateIds).size).toBe(3);
    expect(items[0]).toMatchObject({ version: '1.3', accountId: account, tags: {}, relationships: [] });
  });

  // spec: CFG-HISTORY-1
  test('is read page by page in either order, and a token that was never given is refused', async () => {
    const { call, started } = configOf();
    await started();
    for (const size of [1, 2, 3])
      await call('PutResourceConfig', { ...table, Configuration: `{"size":${size}}` });
    const seen: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const read: GetResourceConfigHistoryResponse = await call('GetResourceConfigHistory', {
        resourceType: table.ResourceType,
        resourceId: table.ResourceId,
        limit: 2,
        chronologicalOrder: 'Forward',
        nextToken,
      });
      seen.push(...(read.configurationItems ?? []).map((item) => item.configuration));
      nextToken = read.nextToken;
    } while (nextToken !== undefined);
    expect(seen).toEqual(['{"size":1}', '{"size":2}', '{"size":3}']);
    const asked = { resourceType: table.ResourceType, resourceId: table.ResourceId };
    await expect(call('GetResourceConfigHistory', { ...asked, nextToken: 'x' })).rejects.toEqual(
      error('InvalidNextTokenException', 'The nextToken provided is invalid'),
    );
    await expect(call('GetResourceConfigHistory', { ...asked, limit: 101 })).rejects.toEqual(
      error('InvalidLimitException'),
    );
    await expect(call('GetResourceConfigHistory', { ...asked, resourceId: 'none' })).rejects.toEqual(
      error(
        'ResourceNotDiscoveredException',
        'Resource none of resourceType:Acme::Db::Table is unknown or has not been discovered',
      ),
    );
  });

  // spec: CFG-CUSTOM-2
  test.each([
    [{ ...table, ResourceType: 'AWS::S3::Bucket', Configuration: '{}' }],
    [{ ...table, ResourceType: 'custom::a::b', Configuration: '{}' }],
    [{ ...table, ResourceType: 'Acme', Configuration: '{}' }],
    [{ ...table, Configuration: 'no json' }],
    [{ ...table, Configuration: '[]' }],
    [{ ...table, Configuration: JSON.stringify({ a: 'x'.repeat(65_536) }) }],
    [{ ...table, SchemaVersionId: 'a b', Configuration: '{}' }],
  ])('%j is refused', async (input) => {
    const { call, started } = configOf();
    await started();
    await expect(call('PutResourceConfig', input)).rejects.toEqual(error('ValidationException'));
  });

  // spec: CFG-CUSTOM-2
  test('needs a running recorder', async () => {
    const { call, withChannel } = configOf();
    await withChannel();
    await expect(call('PutResourceConfig', { ...table, Configuration: '{}' })).rejects.toEqual(
      error('NoRunningConfigurationRecorderException'),
    );
  });
});

describe('what is there', () => {
  // spec: CFG-LIST-1, CFG-LIST-2
  test('is listed by type and read in batches; what is unknown is missing from a batch', async () => {
    const { call, started } = configOf();
    await started();
    expect(await call('ListDiscoveredResources', { resourceType: 'AWS::S3::Bucket' })).toMatchObject({
      resourceIdentifiers: [{ resourceType: 'AWS::S3::Bucket', resourceId: 'config-logs' }],
    });
    const batch = await call('BatchGetResourceConfig', {
      resourceKeys: [
        { resourceType: 'AWS::S3::Bucket', resourceId: 'config-logs' },
        { resourceType: 'AWS::S3::Bucket', resourceId: 'other' },
      ],
    });
    expect(batch).toMatchObject({
      baseConfigurationItems: [{ resourceId: 'config-logs', configuration: '{"name":"config-logs"}' }],
      unprocessedResourceKeys: [],
    });
  });
});

describe('a refusal', () => {
  // spec: CFG-WIRE-1
  test('has status 400 and names user, action and resource', () => {
    const denied = config.denied({
      permission: { action: 'config:PutDeliveryChannel', resource: '*', resourceAccount: account },
      caller,
      callerName: 'arn:aws:iam::111122223333:user/u',
      decision: { outcome: 'denied', reason: 'no-identity-allow', layers: [], statements: [], unknown: [] },
      because: 'because no identity-based policy allows the config:PutDeliveryChannel action',
      isSameAccount: true,
      isSameOrganization: true,
    });
    expect(denied).toEqual(
      error(
        'AccessDeniedException',
        'User: arn:aws:iam::111122223333:user/u is not authorized to perform: config:PutDeliveryChannel on resource: * because no identity-based policy allows the config:PutDeliveryChannel action',
      ),
    );
  });
});
