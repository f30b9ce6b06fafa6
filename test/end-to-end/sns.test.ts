/** SNS through the official client: topics, who may publish, encrypted topics, subscriptions. */
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { subscriptions } from '../../src/services/sns/ports.ts';
import {
  account,
  iamClient,
  refusalOf,
  rootKey,
  startApp,
  type ClientCredentials,
} from './identity-clients.ts';

const region = 'us-east-1';
const stranger = { accessKeyId: '444455556666', secretAccessKey: 'test' };

let app: App;
let sns: SNSClient;

function snsClient(credentials: ClientCredentials = rootKey): SNSClient {
  return new SNSClient({ endpoint: app.address.url, region, credentials, maxAttempts: 1 });
}

beforeAll(async () => {
  app = await startApp();
  sns = snsClient();
});
afterAll(() => app.close());

async function newTopic(Name: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await sns.send(new CreateTopicCommand({ Name, Attributes }))).TopicArn ?? '';
}

async function newUser(UserName: string, ...statements: readonly object[]): Promise<SNSClient> {
  const iam = iamClient(app);
  await iam.send(new CreateUserCommand({ UserName }));
  if (statements.length > 0) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return snsClient({
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  });
}

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function publishTo(client: SNSClient, TopicArn: string, Message = 'hello'): Promise<unknown> {
  return client.send(new PublishCommand({ TopicArn, Message }));
}

describe('a topic', () => {
  // spec: SNS-TOPIC-1, SNS-TOPIC-2, SNS-LIST-1
  it('is made once, however often it is asked for, and is listed', async () => {
    const Tags = [{ Key: 'team', Value: 'x' }];
    const made = await sns.send(new CreateTopicCommand({ Name: 'config', Tags }));
    expect(made.TopicArn).toBe(`arn:aws:sns:${region}:${account}:config`);
    const again = await sns.send(new CreateTopicCommand({ Name: 'config', Tags }));
    expect(again.TopicArn).toBe(made.TopicArn);
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toContainEqual({ TopicArn: made.TopicArn });
    expect((await snsClient(stranger).send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
    expect(
      await refusalOf(
        sns.send(new CreateTopicCommand({ Name: 'config', Tags: [{ Key: 'team', Value: 'y' }] })),
      ),
    ).toEqual([
      'InvalidParameterException',
      400,
      'Invalid parameter: Tags Reason: Topic already exists with different tags',
    ]);
    expect(await refusalOf(sns.send(new CreateTopicCommand({ Name: 'a.b' })))).toEqual([
      'InvalidParameterException',
      400,
      'Invalid parameter: Topic Name',
    ]);
  });

  // spec: SNS-POLICY-1, SNS-ATTR-1
  it('begins with a policy that lets in its owner and not AWS Config', async () => {
    const TopicArn = await newTopic('default-policy', { DisplayName: 'Config' });
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ TopicArn, Owner: account, DisplayName: 'Config' });
    const { Id, Statement } = JSON.parse(Attributes?.['Policy'] ?? '') as {
      Id: string;
      Statement: readonly { Condition: unknown }[];
    };
    expect(Id).toBe('__default_policy_ID');
    expect(Statement[0]?.Condition).toEqual({ StringEquals: { 'AWS:SourceOwner': account } });
    expect(Attributes).not.toHaveProperty('KmsMasterKeyId');
  });

  // spec: SNS-ATTR-1, SNS-ATTR-2, SNS-POLICY-2
  it('takes attributes that there are, and policies about topics', async () => {
    const TopicArn = await newTopic('attributes');
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    await set('DisplayName', 'New');
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({
      DisplayName: 'New',
    });
    const statement = { Effect: 'Allow', Principal: '*', Action: 'SNS:*', Resource: TopicArn };
    for (const [name, value, text] of [
      ['Colour', 'red', 'AttributeName'],
      ['Policy', '{', 'Policy Error: null'],
      ['Policy', policy(statement), 'Policy statement action out of service scope!'],
      [
        'Policy',
        policy({
          ...statement,
          Action: 'SNS:Publish',
          Principal: { AWS: `arn:aws:iam::${account}:role/none` },
        }),
        'Policy Error: PrincipalNotFound',
      ],
    ] as const)
      expect(await refusalOf(set(name, value))).toEqual([
        'InvalidParameterException',
        400,
        `Invalid parameter: ${text}`,
      ]);
  });

  // spec: SNS-TAG-1
  it('has tags', async () => {
    const ResourceArn = await newTopic('tags');
    await sns.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual([
      { Key: 'b', Value: '2' },
    ]);
  });

  // spec: SNS-TOPIC-3, SNS-TOPIC-4
  it('is gone once deleted, and can be deleted again', async () => {
    const TopicArn = await newTopic('short-lived');
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' }));
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    expect(await refusalOf(publishTo(sns, TopicArn))).toEqual([
      'NotFoundException',
      404,
      'Topic does not exist',
    ]);
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([]);
    expect(await refusalOf(publishTo(sns, 'not:arn'))).toEqual([
      'InvalidParameterException',
      400,
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 2',
    ]);
    expect((await refusalOf(sns.send(new PublishCommand({ Message: 'm' }))))[2]).toBe(
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    );
  });
});

describe('publishing', () => {
  // spec: SNS-PUBLISH-1, SNS-LOG-1, SRV-ADMIN-5
  it('can be read from the list of messages', async () => {
    const TopicArn = await newTopic('read');
    const { MessageId } = await sns.send(
      new PublishCommand({ TopicArn, Message: 'second', Subject: 'about' }),
    );
    const url = `${app.address.url}/_sealpost/messages?topicArn=${encodeURIComponent(TopicArn)}`;
    const { messages } = (await (await fetch(url)).json()) as { messages: readonly object[] };
    expect(messages).toEqual([
      {
        type: 'Notification',
        deliveries: [],
        messageId: MessageId,
        topicArn: TopicArn,
        publishedAt: expect.any(String),
        publisher: `arn:aws:iam::${account}:root`,
        subject: 'about',
        message: 'second',
        attributes: {},
      },
    ]);
  });

  // spec: SNS-PUBLISH-2
  it.each([
    [{ Message: '' }, 'Empty message'],
    [{ Message: 'x'.repeat(262_145) }, 'Message too long'],
    [{ Message: 'm', Subject: 'two\nlines' }, 'Subject'],
    [{ Message: 'm', Subject: 'x'.repeat(101) }, 'Subject'],
    [
      { Message: '{}', MessageStructure: 'json' },
      'Message Structure - No default entry in JSON message body',
    ],
    [{ Message: '{', MessageStructure: 'json' }, 'Message Structure - JSON message body failed to parse'],
  ])('is refused where AWS refuses the message (%#)', async (input, text) => {
    const TopicArn = await newTopic('refused');
    expect(await refusalOf(sns.send(new PublishCommand({ TopicArn, ...input })))).toEqual([
      'InvalidParameterException',
      400,
      `Invalid parameter: ${text}`,
    ]);
  });

  // spec: SNS-PUBLISH-3
  it('of a batch tells of each entry by itself', async () => {
    const TopicArn = await newTopic('batch');
    const sent = await sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'good', Message: 'm' },
          { Id: 'bad', Message: '' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(sent.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidParameter', SenderFault: true }]);
    const [name] = await refusalOf(
      sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [] })),
    );
    expect(name).toBe('EmptyBatchRequestException');
  });

  // spec: SNS-AUTH-1, SNS-DENIED-1, SNS-AUTH-2
  it('needs a policy of the user or of the topic, and both across accounts', async () => {
    const TopicArn = await newTopic('guarded');
    const user = await newUser('nobody');
    const arn = `arn:aws:iam::${account}:user/nobody`;
    expect(await refusalOf(publishTo(user, TopicArn))).toEqual([
      'AuthorizationErrorException',
      403,
      `User: ${arn} is not authorized to perform: SNS:Publish on resource: ${TopicArn} because no identity-based policy allows the SNS:Publish action`,
    ]);
    const [code, status, text] = await refusalOf(publishTo(snsClient(stranger), TopicArn));
    expect([code, status]).toEqual(['AuthorizationErrorException', 403]);
    expect(text).toContain('because no resource-based policy allows the SNS:Publish action');
    const open = (principal: string) =>
      sns.send(
        new SetTopicAttributesCommand({
          TopicArn,
          AttributeName: 'Policy',
          AttributeValue: policy({
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: 'SNS:Publish',
            Resource: TopicArn,
          }),
        }),
      );
    await open(arn);
    await publishTo(user, TopicArn);
    await open('444455556666');
    await publishTo(snsClient(stranger), TopicArn);
    expect((await refusalOf(publishTo(user, TopicArn)))[1]).toBe(403);
  });

  // spec: SNS-KMS-1, SNS-KMS-2
  it('to an encrypted topic needs its key, through SNS and with the topic as context', async () => {
    const kms = new KMSClient({ endpoint: app.address.url, region, credentials: rootKey, maxAttempts: 1 });
    const key = (await kms.send(new CreateKeyCommand({}))).KeyMetadata;
    const TopicArn = await newTopic('encrypted', { KmsMasterKeyId: key?.KeyId ?? '' });
    const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: TopicArn };
    const use = {
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: key?.Arn,
      Condition: {
        StringEquals: {
          'kms:ViaService': `sns.${region}.amazonaws.com`,
          'kms:EncryptionContext:aws:sns:topicArn': TopicArn,
        },
      },
    };
    await publishTo(await newUser('with-key', publish, use), TopicArn);
    const without = await refusalOf(publishTo(await newUser('without-key', publish), TopicArn));
    expect(without.slice(0, 2)).toEqual(['KMSAccessDeniedException', 400]);
    expect(without[2]).toContain('is not authorized to perform: kms:GenerateDataKey');
    const noDecrypt = await newUser('no-decrypt', publish, { ...use, Action: 'kms:GenerateDataKey' });
    expect((await refusalOf(publishTo(noDecrypt, TopicArn)))[2]).toContain('kms:Decrypt');
    await kms.send(new DisableKeyCommand({ KeyId: key?.KeyId }));
    expect((await refusalOf(publishTo(sns, TopicArn)))[0]).toBe('KMSDisabledException');
  });

  // spec: SNS-KMS-3
  it("to a topic under AWS's own key works for the account, and for no other", async () => {
    const TopicArn = await newTopic('aws-key', { KmsMasterKeyId: 'alias/aws/sns' });
    await publishTo(sns, TopicArn);
    await sns.send(
      new SetTopicAttributesCommand({
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: policy({
          Effect: 'Allow',
          Principal: { AWS: '444455556666' },
          Action: 'SNS:Publish',
          Resource: TopicArn,
        }),
      }),
    );
    expect((await refusalOf(publishTo(snsClient(stranger), TopicArn)))[0]).toBe('KMSAccessDeniedException');
  });
});

describe('a subscription', () => {
  // spec: SNS-SUB-1, SNS-SUB-3, SNS-SUB-4, SNS-LIST-1
  it('waits for its confirmation', async () => {
    const TopicArn = await newTopic('subscribed');
    const subscribe = new SubscribeCommand({
      TopicArn,
      Protocol: 'https',
      Endpoint: 'https://example.com/hook',
    });
    expect((await sns.send(subscribe)).SubscriptionArn).toBe('pending confirmation');
    expect((await sns.send(subscribe)).SubscriptionArn).toBe('pending confirmation');
    const list = async () =>
      (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];
    expect(await list()).toMatchObject([{ SubscriptionArn: 'PendingConfirmation', Protocol: 'https' }]);
    expect(await refusalOf(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'wrong' })))).toEqual([
      'InvalidParameterException',
      400,
      'Invalid parameter: Token',
    ]);
    const [stored] = await app.records.list(subscriptions, { prefix: TopicArn });
    const { SubscriptionArn } = await sns.send(
      new ConfirmSubscriptionCommand({ TopicArn, Token: stored?.value.token }),
    );
    expect(await list()).toMatchObject([{ SubscriptionArn, Endpoint: 'https://example.com/hook' }]);
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ PendingConfirmation: 'false', TopicArn, RawMessageDelivery: 'false' });
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect(await list()).toEqual([]);
    expect((await refusalOf(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))))[0]).toBe(
      'NotFoundException',
    );
  });

  // spec: SNS-SUB-2
  it('has a protocol that there is, and its kind of endpoint', async () => {
    const TopicArn = await newTopic('protocols');
    const subscribe = (Protocol: string, Endpoint: string) =>
      refusalOf(sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint })));
    expect((await subscribe('test-protocol', 'x'))[2]).toBe(
      'Invalid parameter: Amazon SNS does not support this protocol string: test-protocol',
    );
    expect((await subscribe('sqs', 'x'))[2]).toBe('Invalid parameter: SQS endpoint ARN');
  });

  // spec: SNS-AUTH-3
  it('is allowed by its protocol where the policy asks', async () => {
    const TopicArn = await newTopic('https-only');
    const user = await newUser('subscriber', {
      Effect: 'Allow',
      Action: 'sns:Subscribe',
      Resource: TopicArn,
      Condition: { StringEquals: { 'sns:Protocol': 'https' } },
    });
    const subscribe = (Protocol: string) =>
      user.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint: `${Protocol}://example.com` }));
    await subscribe('https');
    expect((await refusalOf(subscribe('http')))[1]).toBe(403);
  });
});
