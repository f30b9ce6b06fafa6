/** What AWS Config keeps beside items: tags, retention, recorders listed, and what it refuses, through the real client. */
import * as sdk from '@aws-sdk/client-config-service';
import {
  ConfigServiceClient,
  DeleteRetentionConfigurationCommand,
  DescribeConfigurationRecordersCommand,
  DescribeRetentionConfigurationsCommand,
  GetResourceConfigHistoryCommand,
  ListConfigurationRecordersCommand,
  ListDiscoveredResourcesCommand,
  ListTagsForResourceCommand,
  PutConfigurationRecorderCommand,
  PutResourceConfigCommand,
  PutRetentionConfigurationCommand,
  PutServiceLinkedConfigurationRecorderCommand,
  SelectAggregateResourceConfigCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { config } from '../../src/services/config/config.ts';
import { layOut, policyOf, putChannel, region, type LaidOut } from './delivery-account.ts';

async function started(): Promise<LaidOut & { readonly recorderArn: string }> {
  const laidOut = await layOut();
  await putChannel(laidOut);
  await laidOut.clients.config.send(
    new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }),
  );
  const { ConfigurationRecorders: [recorder] = [] } = await laidOut.clients.config.send(
    new DescribeConfigurationRecordersCommand({}),
  );
  return { ...laidOut, recorderArn: recorder?.arn ?? '' };
}

/** The clock moves a year at most at a time. */
async function passes({ app }: LaidOut, seconds: number): Promise<void> {
  const year = 365 * 24 * 3600;
  for (let left = seconds; left > 0; left -= year) {
    const answer = await fetch(`${app.address.url}/_sealpost/clock`, {
      method: 'POST',
      body: JSON.stringify({ advanceSeconds: Math.min(left, year) }),
    });
    expect(answer.status).toBe(200);
  }
}

const day = 24 * 3600;

describe('tags of a recorder', () => {
  // spec: CFG-TAG-1, CFG-TAG-2, CFG-PAGE-1
  test('are added, replaced, taken away and listed in pages, and are recorded', async () => {
    const { app, clients, recorderArn: ResourceArn } = await started();
    const tags = async (input: object = {}) =>
      clients.config.send(new ListTagsForResourceCommand({ ResourceArn, ...input }));
    const tag = (Tags: sdk.Tag[]) => clients.config.send(new TagResourceCommand({ ResourceArn, Tags }));
    await tag([
      { Key: 'team', Value: 'audit' },
      { Key: 'stage', Value: 'test' },
    ]);
    await tag([
      { Key: 'stage', Value: 'live' },
      { Key: 'cost', Value: '' },
    ]);
    expect((await tags()).Tags).toEqual([
      { Key: 'cost', Value: '' },
      { Key: 'stage', Value: 'live' },
      { Key: 'team', Value: 'audit' },
    ]);
    const first = await tags({ Limit: 2 });
    expect(first.Tags).toHaveLength(2);
    expect((await tags({ Limit: 2, NextToken: first.NextToken })).Tags).toEqual([
      { Key: 'team', Value: 'audit' },
    ]);
    await clients.config.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['cost', 'never-set'] }));
    const { configurationItems = [] } = await clients.config.send(
      new GetResourceConfigHistoryCommand({
        resourceType: 'AWS::Config::ConfigurationRecorder' as sdk.ResourceType,
        resourceId: 'default',
      }),
    );
    expect(configurationItems.map((item) => item.tags)).toEqual([
      { stage: 'live', team: 'audit' },
      { stage: 'live', team: 'audit', cost: '' },
      { stage: 'test', team: 'audit' },
      {},
    ]);
    await app.close();
  });

  // spec: CFG-TAG-1, CFG-TAG-2
  test('are refused in AWS’s words', async () => {
    const { app, clients, recorderArn: ResourceArn } = await started();
    const tag = (Tags: sdk.Tag[], arn = ResourceArn) =>
      clients.config.send(new TagResourceCommand({ ResourceArn: arn, Tags }));
    const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    await expect(tag(many)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Member must have length less than or equal to 50') as string,
    });
    await expect(
      tag([
        { Key: 'a', Value: '' },
        { Key: 'A', Value: '' },
      ]),
    ).rejects.toMatchObject({
      name: 'InvalidInput',
      message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    });
    await expect(tag([{ Key: 'a<b', Value: '' }])).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value 'a<b' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+\\\\-@]+",
    });
    await expect(tag([{ Key: 'k'.repeat(129), Value: '' }])).rejects.toThrow(/less than or equal to 128/);
    await expect(tag([{ Key: 'aws:x', Value: '' }])).rejects.toThrow(/reserved/);
    await tag(many.slice(0, 50));
    await expect(tag([{ Key: 'one-more', Value: '' }])).rejects.toMatchObject({
      name: 'TooManyTagsException',
    });
    for (const arn of [
      `${ResourceArn}x`,
      `arn:aws:config:${region}:444455556666:configuration-recorder/default/abc`,
      `arn:aws:config:${region}:111122223333:delivery-channel/default`,
      'no ARN at all',
    ])
      await expect(tag([{ Key: 'a', Value: '' }], arn)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: `ResourceArn '${arn}' does not exist`,
      });
    await app.close();
  });

  // spec: CFG-AUTH-4
  test('decide for policies that ask for them', async () => {
    const { app, clients, recorderArn: ResourceArn } = await started();
    await clients.iam.send(new CreateUserCommand({ UserName: 'ann' }));
    await clients.iam.send(
      new PutUserPolicyCommand({
        UserName: 'ann',
        PolicyName: 'tagged',
        PolicyDocument: policyOf({
          Effect: 'Allow',
          Action: 'config:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': 'audit' } },
        }),
      }),
    );
    const { AccessKey } = await clients.iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    const ann = new ConfigServiceClient({
      endpoint: app.address.url,
      region,
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      },
    });
    const ask = () => ann.send(new ListTagsForResourceCommand({ ResourceArn }));
    await expect(ask()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await clients.config.send(
      new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'team', Value: 'audit' }] }),
    );
    expect((await ask()).Tags).toEqual([{ Key: 'team', Value: 'audit' }]);
    await app.close();
  });
});

describe('retention', () => {
  const put = (size: number) =>
    new PutResourceConfigCommand({
      ResourceType: 'Acme::Db::Table',
      ResourceId: 't1',
      SchemaVersionId: '00000001',
      Configuration: JSON.stringify({ size }),
    });

  async function sizes({ clients }: LaidOut): Promise<readonly unknown[]> {
    const items: sdk.ConfigurationItem[] = [];
    let nextToken: string | undefined;
    do {
      const page = await clients.config.send(
        new GetResourceConfigHistoryCommand({
          resourceType: 'Acme::Db::Table' as sdk.ResourceType,
          resourceId: 't1',
          nextToken,
          chronologicalOrder: 'Forward',
        }),
      );
      items.push(...(page.configurationItems ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return items.map(({ configuration = '' }) => (JSON.parse(configuration) as { size: unknown }).size);
  }

  // spec: CFG-RETENTION-1, CFG-RETENTION-2, CFG-RETENTION-3
  test('takes items away when their period has passed since a newer one came, by the clock', async () => {
    const laidOut = await started();
    const { config: client } = laidOut.clients;
    const kept = await client.send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays: 30 }));
    expect(kept.RetentionConfiguration).toEqual({ Name: 'default', RetentionPeriodInDays: 30 });
    await client.send(put(1));
    await passes(laidOut, day);
    await client.send(put(2));
    await passes(laidOut, day);
    await client.send(put(3));
    await passes(laidOut, 29 * day - 60);
    expect(await sizes(laidOut)).toEqual([1, 2, 3]);
    // The first was followed by the second 30 days ago.
    await passes(laidOut, 120);
    expect(await sizes(laidOut)).toEqual([2, 3]);
    await passes(laidOut, day);
    expect(await sizes(laidOut)).toEqual([3]);
    await passes(laidOut, 60 * day);
    expect(await sizes(laidOut)).toEqual([3]);
    await laidOut.app.close();
  });

  // spec: CFG-RETENTION-1
  test('is seven years unless it is set, and a shorter one counts at once', async () => {
    const laidOut = await started();
    const { config: client } = laidOut.clients;
    await client.send(put(1));
    await client.send(put(2));
    // Nothing falls due every six hours then.
    await client.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    await passes(laidOut, 2556 * day);
    expect(await sizes(laidOut)).toEqual([1, 2]);
    await client.send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays: 2557 }));
    await laidOut.app.settle();
    expect(await sizes(laidOut)).toEqual([1, 2]);
    await client.send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays: 365 }));
    await laidOut.app.settle();
    expect(await sizes(laidOut)).toEqual([2]);
    await laidOut.app.close();
  });

  // spec: CFG-RETENTION-3
  test('has one configuration, which is described, deleted and refused in AWS’s words', async () => {
    const { app, clients } = await started();
    const { config: client } = clients;
    const names = (...RetentionConfigurationNames: string[]) =>
      client.send(new DescribeRetentionConfigurationsCommand({ RetentionConfigurationNames }));
    expect((await names()).RetentionConfigurations).toEqual([]);
    const missing = {
      name: 'NoSuchRetentionConfigurationException',
      message: "Cannot find retention configuration with the specified name 'default'.",
    };
    await expect(names('default')).rejects.toMatchObject(missing);
    await expect(
      client.send(new DeleteRetentionConfigurationCommand({ RetentionConfigurationName: 'default' })),
    ).rejects.toMatchObject(missing);
    await expect(names('a', 'b')).rejects.toMatchObject({ name: 'ValidationException' });
    for (const RetentionPeriodInDays of [29, 2558])
      await expect(
        client.send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays })),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(
          `Value '${RetentionPeriodInDays}' at 'retentionPeriodInDays'`,
        ) as string,
      });
    await client.send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays: 30 }));
    expect((await names('default')).RetentionConfigurations).toEqual([
      { Name: 'default', RetentionPeriodInDays: 30 },
    ]);
    await client.send(new DeleteRetentionConfigurationCommand({ RetentionConfigurationName: 'default' }));
    expect((await names()).RetentionConfigurations).toEqual([]);
    await app.close();
  });
});

describe('recorders', () => {
  // spec: CFG-REC-5
  test('are listed, by scope where asked', async () => {
    const { app, clients, recorderArn: arn } = await started();
    const list = (input: object = {}) => clients.config.send(new ListConfigurationRecordersCommand(input));
    expect((await list()).ConfigurationRecorderSummaries).toEqual([
      { arn, name: 'default', recordingScope: 'PAID' },
    ]);
    const internal = { Filters: [{ filterName: 'recordingScope', filterValue: ['INTERNAL'] }] };
    expect((await list(internal)).ConfigurationRecorderSummaries).toEqual([]);
    await expect(list({ MaxResults: 21 })).rejects.toMatchObject({ name: 'ValidationException' });
    await app.close();
  });

  // spec: CFG-TAG-1
  test('take tags when they are made, and no others later', async () => {
    const { clients, app, roleARN } = await layOut();
    const put = (Tags: sdk.Tag[]) =>
      clients.config.send(
        new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'default', roleARN }, Tags }),
      );
    await put([{ Key: 'team', Value: 'late' }]);
    const { ConfigurationRecorders: [recorder] = [] } = await clients.config.send(
      new DescribeConfigurationRecordersCommand({}),
    );
    const listed = await clients.config.send(new ListTagsForResourceCommand({ ResourceArn: recorder?.arn }));
    expect(listed.Tags).toEqual([]);
    await expect(put([{ Key: 'a<b', Value: '' }])).rejects.toMatchObject({ name: 'ValidationException' });
    await app.close();
  });
});

describe('a recorder is refused', () => {
  const listed = expect.stringMatching(
    /^1 validation error detected: Value '\[AWS::X::Y\]' at 'configurationRecorder\.[a-zA-Z0-9.]+' failed to satisfy constraint: Member must satisfy constraint: \[Member must satisfy enum value set: \[AWS::[A-Za-z]+::[A-Za-z]+, /,
  ) as string;
  const validation = (message: unknown) => ({ name: 'ValidationException', message });
  const mode = (recordingModeOverrides: object[], recordingFrequency = 'CONTINUOUS') => ({
    recordingMode: { recordingFrequency, recordingModeOverrides },
  });

  // spec: CFG-GROUP-2, CFG-GROUP-3, CFG-GROUP-5, CFG-REC-1, CFG-REC-6
  test.each([
    [{ recordingGroup: { resourceTypes: ['AWS::X::Y'] } }, validation(listed)],
    [
      {
        recordingGroup: {
          exclusionByResourceTypes: { resourceTypes: ['AWS::X::Y'] },
          recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
        },
      },
      validation(listed),
    ],
    [mode([{ resourceTypes: ['AWS::X::Y'], recordingFrequency: 'DAILY' }]), validation(listed)],
    [
      mode([{ resourceTypes: ['AWS::Config::ConfigurationRecorder'], recordingFrequency: 'DAILY' }]),
      validation('The resource type AWS::Config::ConfigurationRecorder can only be recorded continuously.'),
    ],
    [
      {
        ...mode([], 'DAILY'),
        recordingGroup: { resourceTypes: ['AWS::S3::Bucket', 'AWS::Config::ResourceCompliance'] },
      },
      validation('The resource type AWS::Config::ResourceCompliance can only be recorded continuously.'),
    ],
    [
      mode([], 'HOURLY'),
      validation(expect.stringContaining('enum value set: [CONTINUOUS, DAILY]') as string),
    ],
    [
      mode([
        { resourceTypes: ['AWS::S3::Bucket'], recordingFrequency: 'DAILY' },
        { resourceTypes: ['AWS::KMS::Key'], recordingFrequency: 'DAILY' },
      ]),
      validation(expect.stringContaining('Member must have length less than or equal to 1') as string),
    ],
    [
      { recordingGroup: {} },
      { name: 'InvalidRecordingGroupException', message: 'The recording group provided is not valid' },
    ],
    [{ name: ' ' }, { name: 'InvalidConfigurationRecorderNameException' }],
    [{ name: 'n'.repeat(257) }, validation(expect.stringContaining('configurationRecorder.name') as string)],
    [{ name: 'AWSConfigurationRecorderForX' }, { name: 'InvalidConfigurationRecorderNameException' }],
    [{ roleARN: '' }, { name: 'InvalidRoleException' }],
    [{ servicePrincipal: 'securityhub.amazonaws.com' }, { name: 'UnmodifiableEntityException' }],
    [{ name: 'second' }, { name: 'MaxNumberOfConfigurationRecordersExceededException' }],
  ])('%j', async (recorder, refusal) => {
    const { clients, app, roleARN } = await layOut();
    await expect(
      clients.config.send(
        new PutConfigurationRecorderCommand({
          ConfigurationRecorder: { name: 'default', roleARN, ...recorder } as sdk.ConfigurationRecorder,
        }),
      ),
    ).rejects.toMatchObject(refusal);
    await app.close();
  });
});

describe('a custom resource is refused, and nothing of it is stored,', () => {
  // spec: CFG-CUSTOM-2, CFG-CUSTOM-5
  test.each([
    ['with a schema version that is not known', { SchemaVersionId: 'latest' }, /no version latest/],
    ['with a configuration that is no JSON', { Configuration: '{"size":' }, /not valid JSON/],
    ['with a configuration over 64 KB', { Configuration: `{"a":"${'x'.repeat(65_536)}"}` }, /64 KB/],
    ['with too large a tag', { Tags: { team: 'x'.repeat(257) } }, /at most 256/],
    ['with a reserved name', { ResourceType: 'AWS::Db::Table' }, /reserved/],
  ])('%s', async (_, input, message) => {
    const { app, clients } = await started();
    await expect(
      clients.config.send(
        new PutResourceConfigCommand({
          ResourceType: 'Acme::Db::Table',
          ResourceId: 't1',
          SchemaVersionId: '00000001',
          Configuration: '{}',
          ...input,
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message) as string,
    });
    const { resourceIdentifiers } = await clients.config.send(
      new ListDiscoveredResourcesCommand({ resourceType: 'Acme::Db::Table' as sdk.ResourceType }),
    );
    expect(resourceIdentifiers).toEqual([]);
    await app.close();
  });
});

describe('what is not available', () => {
  // spec: CFG-UNAVAILABLE-1
  test('is refused with a sentence that says so', async () => {
    const { clients, app } = await layOut();
    await expect(
      clients.config.send(
        new PutServiceLinkedConfigurationRecorderCommand({ ServicePrincipal: 'securityhub.amazonaws.com' }),
      ),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message:
        'PutServiceLinkedConfigurationRecorder is not available here: there are no service-linked recorders.',
    });
    await expect(
      clients.config.send(
        new SelectAggregateResourceConfigCommand({
          Expression: 'SELECT *',
          ConfigurationAggregatorName: 'all',
        }),
      ),
    ).rejects.toThrow('there are no aggregators');
    await app.close();
  });

  // spec: CFG-UNAVAILABLE-1
  test('is every operation of the SDK that the server does not have', () => {
    const ofSdk = Object.keys(sdk)
      .filter((name) => /^[A-Z].*Command$/.test(name) && name !== '$Command')
      .map((name) => name.replace(/Command$/, ''));
    expect(Object.keys(config.operations).sort()).toEqual(expect.arrayContaining(ofSdk.sort()));
  });
});

describe('the status of a recorder', () => {
  const status = async ({ clients }: LaidOut) =>
    (await clients.config.send(new sdk.DescribeConfigurationRecorderStatusCommand({})))
      .ConfigurationRecordersStatus?.[0];

  // spec: CFG-STATUS-1, CFG-STATUS-5
  test('has the times of start, stop and change, and the error of a role that cannot be assumed', async () => {
    const laidOut = await layOut();
    const { config: client, iam } = laidOut.clients;
    expect(await status(laidOut)).toEqual({
      arn: expect.any(String) as string,
      name: 'default',
      recording: false,
    });
    await putChannel(laidOut);
    const trustOf = (service: string) =>
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'config',
        PolicyDocument: policyOf({
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
        }),
      });
    await iam.send(trustOf('ec2.amazonaws.com'));
    await client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    const failing = await status(laidOut);
    expect(failing).toMatchObject({
      recording: true,
      lastStatus: 'FAILURE',
      lastErrorCode: 'AccessDenied',
      lastErrorMessage: `Unable to assume role: ${laidOut.roleARN}`,
    });
    expect(failing?.lastStopTime).toBeUndefined();
    await iam.send(trustOf('config.amazonaws.com'));
    await passes(laidOut, 6 * 3600 + 60);
    const mended = await status(laidOut);
    expect(mended).toMatchObject({ lastStatus: 'SUCCESS', lastStartTime: failing?.lastStartTime });
    expect(mended?.lastErrorCode).toBeUndefined();
    expect(Number(mended?.lastStatusChangeTime)).toBe(Number(failing?.lastStartTime) + 6 * 3600_000);
    await client.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    const stopped = await status(laidOut);
    expect(stopped?.recording).toBe(false);
    expect(Number(stopped?.lastStopTime)).toBeGreaterThan(Number(mended?.lastStatusChangeTime));
    await laidOut.app.close();
  });
});

describe('a delivery channel', () => {
  // spec: CFG-CHANNEL-3
  test('is not deleted while its recorder runs, also where both are asked for at once', async () => {
    const laidOut = await layOut();
    const { config: client } = laidOut.clients;
    for (let round = 0; round < 5; round++) {
      await putChannel(laidOut);
      await Promise.allSettled([
        client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' })),
        client.send(new sdk.DeleteDeliveryChannelCommand({ DeliveryChannelName: 'default' })),
      ]);
      const [status] =
        (await client.send(new sdk.DescribeConfigurationRecorderStatusCommand({})))
          .ConfigurationRecordersStatus ?? [];
      const { DeliveryChannels = [] } = await client.send(new sdk.DescribeDeliveryChannelsCommand({}));
      expect([status?.recording, DeliveryChannels.length]).not.toEqual([true, 0]);
      await client.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    }
    await laidOut.app.close();
  });
});
