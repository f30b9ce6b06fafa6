/** What AWS Config records of each type of resource, through real clients: fields, relationships both ways, the end. */
import { describe, expect, test } from 'vitest';
import {
  GetResourceConfigHistoryCommand,
  ListDiscoveredResourcesCommand,
  PutConfigurationRecorderCommand,
  StartConfigurationRecorderCommand,
  type ConfigurationItem,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DetachGroupPolicyCommand,
  DetachUserPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  EnableKeyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketRequestPaymentCommand,
  PutBucketWebsiteCommand,
} from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { layOut, policyOf, putChannel, recorderAccount, region, type LaidOut } from './delivery-account.ts';

async function started(recorder: object = {}, inRegion = region): Promise<LaidOut> {
  const laidOut = await layOut({ recorderRegion: inRegion });
  await putChannel(laidOut);
  const { config } = laidOut.clients;
  await config.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name: 'default',
        roleARN: laidOut.roleARN,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
        ...recorder,
      },
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

async function historyOf(
  { clients }: LaidOut,
  resourceType: string,
  resourceId = '',
): Promise<readonly ConfigurationItem[]> {
  const items: ConfigurationItem[] = [];
  let nextToken: string | undefined;
  do {
    const page = await clients.config.send(
      new GetResourceConfigHistoryCommand({
        resourceType: resourceType as ResourceType,
        resourceId,
        chronologicalOrder: 'Forward',
        nextToken,
      }),
    );
    items.push(...(page.configurationItems ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return items;
}

function configurationOf(item: ConfigurationItem | undefined): unknown {
  return JSON.parse(item?.configuration ?? 'null');
}

const statusesOf = (items: readonly ConfigurationItem[]) =>
  items.map(({ configurationItemStatus }) => configurationItemStatus);

const day = 24 * 3600;
const anyPolicy = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });

describe('users, groups and customer managed policies', () => {
  // spec: CFG-ITEM-4, CFG-RECORD-6, IAMAPI-INVENTORY-1, IAMAPI-INVENTORY-2
  test('have items that say what they are attached to, and what they are attached to says so too', async () => {
    const laidOut = await started();
    const { iam } = laidOut.clients;
    const user = await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    const group = await iam.send(new CreateGroupCommand({ GroupName: 'auditors' }));
    const policy = await iam.send(new CreatePolicyCommand({ PolicyName: 'read', PolicyDocument: anyPolicy }));
    const PolicyArn = policy.Policy?.Arn;
    const policyId = policy.Policy?.PolicyId;
    await iam.send(new AddUserToGroupCommand({ GroupName: 'auditors', UserName: 'ann' }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'auditors', PolicyArn }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn }));
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'ann', PermissionsBoundary: PolicyArn }),
    );
    await iam.send(
      new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'own', PolicyDocument: anyPolicy }),
    );

    const ofUser = await historyOf(laidOut, 'AWS::IAM::User', user.User?.UserId);
    expect(statusesOf(ofUser)).toEqual(['ResourceDiscovered', 'OK', 'OK', 'OK', 'OK']);
    expect(ofUser.at(-1)).toMatchObject({
      arn: `arn:aws:iam::${recorderAccount}:user/ann`,
      resourceName: 'ann',
      awsRegion: 'global',
      availabilityZone: 'Not Applicable',
      relationships: [
        {
          resourceType: 'AWS::IAM::Group',
          resourceId: group.Group?.GroupId,
          resourceName: 'auditors',
          relationshipName: 'Is attached to Group',
        },
        {
          resourceType: 'AWS::IAM::Policy',
          resourceId: policyId,
          resourceName: 'read',
          relationshipName: 'Is attached to CustomerManagedPolicy',
        },
      ],
    });
    expect(configurationOf(ofUser[0])).toMatchObject({ userPolicyList: null, groupList: [] });
    expect(configurationOf(ofUser.at(-1))).toMatchObject({
      userName: 'ann',
      groupList: ['auditors'],
      attachedManagedPolicies: [{ policyName: 'read', policyArn: PolicyArn }],
      userPolicyList: [{ policyName: 'own', policyDocument: expect.stringMatching(/^%7B/) as string }],
      permissionsBoundary: { permissionsBoundaryArn: PolicyArn },
    });

    const ofGroup = await historyOf(laidOut, 'AWS::IAM::Group', group.Group?.GroupId);
    expect(statusesOf(ofGroup)).toEqual(['ResourceDiscovered', 'OK', 'OK']);
    expect(ofGroup.at(-1)?.relationships?.map((one) => one.relationshipName)).toEqual([
      'Contains User',
      'Is attached to CustomerManagedPolicy',
    ]);

    // Attached to the group, then to the user, then a boundary: three changes of the policy's own item.
    const ofPolicy = await historyOf(laidOut, 'AWS::IAM::Policy', policyId);
    expect(statusesOf(ofPolicy)).toEqual(['ResourceDiscovered', 'OK', 'OK', 'OK']);
    expect(ofPolicy.map(configurationOf)).toMatchObject([
      { attachmentCount: 0 },
      { attachmentCount: 1 },
      { attachmentCount: 2, permissionsBoundaryUsageCount: 0 },
      { attachmentCount: 2, permissionsBoundaryUsageCount: 1 },
    ]);
    expect(ofPolicy.at(-1)?.relationships?.map((one) => one.relationshipName)).toEqual([
      'Is attached to User',
      'Is attached to Group',
    ]);
    await laidOut.app.close();
  });

  // spec: CFG-RECORD-2, CFG-RECORD-6
  test('say when they go, and what they were attached to says that they are no longer', async () => {
    const laidOut = await started();
    const { iam } = laidOut.clients;
    const user = await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    const group = await iam.send(new CreateGroupCommand({ GroupName: 'auditors' }));
    const policy = await iam.send(new CreatePolicyCommand({ PolicyName: 'read', PolicyDocument: anyPolicy }));
    const PolicyArn = policy.Policy?.Arn;
    await iam.send(new AddUserToGroupCommand({ GroupName: 'auditors', UserName: 'ann' }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'auditors', PolicyArn }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn }));
    await iam.send(new DetachUserPolicyCommand({ UserName: 'ann', PolicyArn }));
    await iam.send(new DetachGroupPolicyCommand({ GroupName: 'auditors', PolicyArn }));
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'auditors', UserName: 'ann' }));
    const before = await historyOf(laidOut, 'AWS::IAM::Policy', policy.Policy?.PolicyId);
    expect(before.at(-1)).toMatchObject({ relationships: [] });
    expect(configurationOf(before.at(-1))).toMatchObject({ attachmentCount: 0 });
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    await iam.send(new DeleteUserCommand({ UserName: 'ann' }));
    await iam.send(new DeleteGroupCommand({ GroupName: 'auditors' }));
    for (const [type, id] of [
      ['AWS::IAM::Policy', policy.Policy?.PolicyId],
      ['AWS::IAM::User', user.User?.UserId],
      ['AWS::IAM::Group', group.Group?.GroupId],
    ] as const) {
      const last = (await historyOf(laidOut, type, id)).at(-1);
      expect(last).toMatchObject({
        configurationItemStatus: 'ResourceDeleted',
        relationships: [],
        tags: {},
        arn: expect.stringContaining(':iam::') as string,
      });
      expect(last?.configuration).toBeUndefined();
    }
    await laidOut.app.close();
  });

  // spec: CFG-GROUP-4
  test('are recorded in no Region that AWS Config came to after February 2022', async () => {
    const laidOut = await started({}, 'eu-south-2');
    await laidOut.clients.iam.send(new CreateUserCommand({ UserName: 'ann' }));
    for (const resourceType of ['AWS::IAM::User', 'AWS::IAM::Role'] as const) {
      const { resourceIdentifiers } = await laidOut.clients.config.send(
        new ListDiscoveredResourcesCommand({ resourceType, includeDeletedResources: true }),
      );
      expect(resourceIdentifiers).toEqual([]);
    }
    await laidOut.app.close();
  });
});

describe('topics', () => {
  // spec: CFG-ITEM-4, CFG-ITEM-6
  test('have items under the names of their attributes', async () => {
    const laidOut = await started();
    const sns = new SNSClient({
      endpoint: laidOut.app.address.url,
      region,
      credentials: { accessKeyId: recorderAccount, secretAccessKey: 'test' },
    });
    const { TopicArn = '' } = await sns.send(
      new CreateTopicCommand({ Name: 'told', Tags: [{ Key: 'team', Value: 'audit' }] }),
    );
    const set = (AttributeValue: string) =>
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue }));
    await set('Told');
    await set('Told');
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    const items = await historyOf(laidOut, 'AWS::SNS::Topic', TopicArn);
    expect(statusesOf(items)).toEqual(['ResourceDiscovered', 'OK', 'ResourceDeleted']);
    expect(items[1]).toMatchObject({ arn: TopicArn, resourceName: 'told', tags: { team: 'audit' } });
    expect(configurationOf(items[1])).toMatchObject({
      TopicArn,
      DisplayName: 'Told',
      Owner: recorderAccount,
    });
    await laidOut.app.close();
  });
});

describe('keys and aliases', () => {
  // spec: CFG-RECORD-7, CFG-ITEM-6
  test('are gone when the waiting period of a deletion has ended, in the window in which it ended', async () => {
    const laidOut = await started();
    const { kms } = laidOut.clients;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId;
    const kept = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/logs', TargetKeyId: KeyId }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await kms.send(
      new ScheduleKeyDeletionCommand({ KeyId: kept.KeyMetadata?.KeyId, PendingWindowInDays: 8 }),
    );
    await kms.send(new CancelKeyDeletionCommand({ KeyId: kept.KeyMetadata?.KeyId }));
    await kms.send(new EnableKeyCommand({ KeyId: kept.KeyMetadata?.KeyId }));
    await passes(laidOut, 7 * day - 60);
    expect(statusesOf(await historyOf(laidOut, 'AWS::KMS::Key', KeyId))).toEqual([
      'ResourceDiscovered',
      'OK',
    ]);
    await passes(laidOut, 120);
    const items = await historyOf(laidOut, 'AWS::KMS::Key', KeyId);
    expect(statusesOf(items)).toEqual(['ResourceDiscovered', 'OK', 'ResourceDeleted']);
    expect(configurationOf(items[1])).toMatchObject({ keyState: 'PendingDeletion' });
    const ofAlias = await historyOf(laidOut, 'AWS::KMS::Alias', 'alias/logs');
    expect(statusesOf(ofAlias)).toEqual(['ResourceDiscovered', 'ResourceDeleted']);
    await passes(laidOut, 2 * day);
    expect(statusesOf(await historyOf(laidOut, 'AWS::KMS::Key', kept.KeyMetadata?.KeyId))).not.toContain(
      'ResourceDeleted',
    );
    await laidOut.app.close();
  });

  // spec: CFG-ITEM-6
  test('aliases say which key they stand for', async () => {
    const laidOut = await started();
    const { kms } = laidOut.clients;
    const [one, two] = [await kms.send(new CreateKeyCommand({})), await kms.send(new CreateKeyCommand({}))];
    const AliasName = 'alias/logs';
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: one.KeyMetadata?.KeyId }));
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: two.KeyMetadata?.KeyId }));
    await kms.send(new DeleteAliasCommand({ AliasName }));
    const items = await historyOf(laidOut, 'AWS::KMS::Alias', AliasName);
    expect(statusesOf(items)).toEqual(['ResourceDiscovered', 'OK', 'ResourceDeleted']);
    expect(items.slice(0, 2).map(configurationOf)).toEqual([
      { AliasName, TargetKeyId: one.KeyMetadata?.KeyId },
      { AliasName, TargetKeyId: two.KeyMetadata?.KeyId },
    ]);
    await laidOut.app.close();
  });
});

describe('buckets', () => {
  // spec: CFG-ITEM-7
  test('have items with all their settings', async () => {
    const laidOut = await started();
    const { s3 } = laidOut.owner;
    const Bucket = 'all-settings';
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: 'Enabled' } }),
    );
    await s3.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] },
      }),
    );
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 } }],
        },
      }),
    );
    await s3.send(
      new PutBucketLoggingCommand({
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'access/' } },
      }),
    );
    const TopicArn = `arn:aws:sns:${region}:${recorderAccount}:told`;
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: {
          TopicConfigurations: [{ Id: 'new', TopicArn, Events: ['s3:ObjectCreated:*'] }],
        },
        SkipDestinationValidation: true,
      }),
    );
    await s3.send(
      new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: 'Requester' } }),
    );
    await s3.send(
      new PutBucketWebsiteCommand({
        Bucket,
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      }),
    );
    const items = await historyOf(laidOut, 'AWS::S3::Bucket', Bucket);
    expect(items).toHaveLength(8);
    const supplementary = Object.fromEntries(
      Object.entries(items.at(-1)?.supplementaryConfiguration ?? {}).map(([name, text]) => [
        name,
        JSON.parse(text) as unknown,
      ]),
    );
    expect(supplementary).toMatchObject({
      BucketAccelerateConfiguration: { status: 'Enabled' },
      BucketCrossOriginConfiguration: { rules: [{ allowedMethods: ['GET'], allowedOrigins: ['*'] }] },
      BucketLifecycleConfiguration: {
        rules: [
          {
            id: 'old',
            status: 'Enabled',
            expirationInDays: 30,
            noncurrentVersionExpirationInDays: -1,
            filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: 'logs/' } },
          },
        ],
      },
      BucketLoggingConfiguration: { destinationBucketName: Bucket, logFilePrefix: 'access/' },
      BucketNotificationConfiguration: {
        configurations: { new: { topicARN: TopicArn, events: ['s3:ObjectCreated:*'] } },
      },
      IsRequesterPaysEnabled: true,
      BucketWebsiteConfiguration: { indexDocumentSuffix: 'index.html' },
    });
    await laidOut.app.close();
  });
});

describe('daily recording', () => {
  const daily = { recordingFrequency: 'DAILY', recordingModeOverrides: [] };

  // spec: CFG-DAILY-1, CFG-DAILY-2
  test('makes one item a day of what differs from the last one, and none of what came and went', async () => {
    const laidOut = await started({ recordingMode: daily });
    const { kms } = laidOut.clients;
    const { s3 } = laidOut.owner;
    expect(await historyOf(laidOut, 'AWS::S3::Bucket', laidOut.bucket)).toHaveLength(1);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const payment = (Payer: 'Requester' | 'BucketOwner') =>
      s3.send(
        new PutBucketRequestPaymentCommand({
          Bucket: laidOut.bucket,
          RequestPaymentConfiguration: { Payer },
        }),
      );
    await payment('Requester');
    await payment('BucketOwner');
    await payment('Requester');
    await passes(laidOut, day - 60);
    expect(await historyOf(laidOut, 'AWS::S3::Bucket', laidOut.bucket)).toHaveLength(1);
    await passes(laidOut, 120);
    const items = await historyOf(laidOut, 'AWS::S3::Bucket', laidOut.bucket);
    expect(statusesOf(items)).toEqual(['ResourceDiscovered', 'OK']);
    expect(items[1]).toMatchObject({ recordingFrequency: 'DAILY' });
    expect(items[1]?.configurationItemDeliveryTime).toBeInstanceOf(Date);
    expect(items[1]?.supplementaryConfiguration?.['IsRequesterPaysEnabled']).toBe('true');
    expect(statusesOf(await historyOf(laidOut, 'AWS::KMS::Key', KeyMetadata?.KeyId))).toEqual([
      'ResourceDiscovered',
    ]);
    // Changed and changed back: the same as a day ago.
    await payment('BucketOwner');
    await payment('Requester');
    await passes(laidOut, day);
    expect(await historyOf(laidOut, 'AWS::S3::Bucket', laidOut.bucket)).toHaveLength(2);
    // The recorder itself is recorded as it changes.
    const [ofRecorder] = await historyOf(laidOut, 'AWS::Config::ConfigurationRecorder', 'default');
    expect(ofRecorder?.recordingFrequency).toBeUndefined();
    await laidOut.app.close();
  });

  // spec: CFG-DAILY-1
  test('can be an exception for some types, as recording at once can', async () => {
    const laidOut = await started({
      recordingMode: {
        recordingFrequency: 'CONTINUOUS',
        recordingModeOverrides: [{ resourceTypes: ['AWS::KMS::Key'], recordingFrequency: 'DAILY' }],
      },
    });
    const { KeyMetadata } = await laidOut.clients.kms.send(new CreateKeyCommand({}));
    await laidOut.owner.s3.send(new CreateBucketCommand({ Bucket: 'seen-at-once' }));
    expect(await historyOf(laidOut, 'AWS::S3::Bucket', 'seen-at-once')).toHaveLength(1);
    await expect(historyOf(laidOut, 'AWS::KMS::Key', KeyMetadata?.KeyId)).rejects.toThrow(
      /not been discovered/,
    );
    await passes(laidOut, day + 60);
    expect(await historyOf(laidOut, 'AWS::KMS::Key', KeyMetadata?.KeyId)).toHaveLength(1);
    await laidOut.app.close();
  });
});
