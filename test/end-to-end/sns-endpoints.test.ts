/** What subscribed HTTP endpoints are sent, as they see it: confirmed, signed, filtered, tried again. */
import {
  AddPermissionCommand,
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  RemovePermissionCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type App } from '../../src/app.ts';
import { outgoing } from '../../src/services/sns/ports.ts';
import { envelopeOf, isGenuine, openEndpoint, type Endpoint } from './endpoint.ts';
import { account, refusalOf, rootKey, startApp } from './identity-clients.ts';

const region = 'eu-west-1';
let app: App;
let sns: SNSClient;
let topicsCount = 0;

beforeAll(async () => {
  app = await startApp();
  sns = clientOf(app);
});
afterAll(() => app.close());

function clientOf(of: App): SNSClient {
  return new SNSClient({ endpoint: of.address.url, region, credentials: rootKey, maxAttempts: 1 });
}

async function newTopic(Attributes: Record<string, string> = {}): Promise<string> {
  const made = await sns.send(new CreateTopicCommand({ Name: `t${++topicsCount}`, Attributes }));
  return made.TopicArn ?? '';
}

async function ask(endpoint: Endpoint, TopicArn: string, Attributes: Record<string, string> = {}) {
  const Protocol = 'http';
  const subscribed = await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol,
      Endpoint: endpoint.url,
      Attributes,
      ReturnSubscriptionArn: true,
    }),
  );
  await app.settle();
  return subscribed.SubscriptionArn ?? '';
}

/** A subscription that its endpoint has confirmed; what it was sent so far is forgotten. */
async function subscribed(endpoint: Endpoint, TopicArn: string, Attributes: Record<string, string> = {}) {
  const arn = await ask(endpoint, TopicArn, Attributes);
  const [asked] = endpoint.received.splice(0);
  await fetch(envelopeOf(asked!).SubscribeURL ?? '');
  return arn;
}

async function publish(TopicArn: string, more: Partial<PublishCommand['input']> = {}) {
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'hello', ...more }));
  await app.settle();
  return MessageId;
}

async function logOf(topicArn: string) {
  await app.settle();
  return app.publishedMessages({ topicArn, limit: 10 });
}

describe('an endpoint that is subscribed', () => {
  // spec: SNS-HTTP-1, SNS-SIGN-1, SNS-SIGN-2, SNS-SUB-7, SRV-LINK-1
  it('is asked, follows the link, and is a subscription from then on', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    const arn = await ask(endpoint, TopicArn);
    await publish(TopicArn);
    expect(endpoint.received).toHaveLength(1);
    const [asked] = endpoint.received;
    const message = envelopeOf(asked!);
    expect(asked?.headers).toMatchObject({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-message-id': message.MessageId,
      'x-amz-sns-topic-arn': TopicArn,
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
    });
    expect(message).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn, SignatureVersion: '1' });
    expect(await isGenuine(message)).toBe(true);
    expect(await isGenuine({ ...message, Token: `${message.Token}0` })).toBe(false);
    const confirmed = await fetch(message.SubscribeURL ?? '');
    expect(confirmed.status).toBe(200);
    expect(await confirmed.text()).toContain(`<SubscriptionArn>${arn}</SubscriptionArn>`);
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    expect(Attributes).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'false',
      RawMessageDelivery: 'false',
    });
  });

  // spec: SNS-SUB-7
  it('is not confirmed by another token, or by one that is two days old', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    await ask(endpoint, TopicArn);
    const { SubscribeURL = '', Token = '' } = envelopeOf(endpoint.received[0]!);
    const wrong = await fetch(SubscribeURL.replace(Token, '0'.repeat(64)));
    expect([wrong.status, await wrong.text()]).toEqual([
      400,
      expect.stringContaining('Invalid parameter: Token'),
    ]);
    app.world.advanceClock(2 * 24 * 3600 * 1000 + 1);
    expect((await fetch(SubscribeURL)).status).toBe(400);
  });

  // spec: SNS-HTTP-2, SNS-SIGN-1, SNS-LOG-2
  it.each(['1', '2'])('is told what is published, signed by version %s', async (SignatureVersion) => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic({ SignatureVersion });
    const arn = await subscribed(endpoint, TopicArn);
    const MessageAttributes = {
      colour: { DataType: 'String', StringValue: 'grün' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
    };
    const MessageId = await publish(TopicArn, { Message: 'día\n', Subject: 'about', MessageAttributes });
    const [told] = endpoint.received;
    expect(told?.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': MessageId,
      'x-amz-sns-subscription-arn': arn,
    });
    const message = envelopeOf(told!);
    expect(Object.keys(message)).toEqual([
      'Type',
      'MessageId',
      'TopicArn',
      'Subject',
      'Message',
      'Timestamp',
      'SignatureVersion',
      'Signature',
      'SigningCertURL',
      'UnsubscribeURL',
      'MessageAttributes',
    ]);
    expect(message).toMatchObject({
      Type: 'Notification',
      MessageId,
      Message: 'día\n',
      Subject: 'about',
      SignatureVersion,
      MessageAttributes: {
        colour: { Type: 'String', Value: 'grün' },
        bytes: { Type: 'Binary', Value: 'AQID' },
      },
    });
    expect(await isGenuine(message)).toBe(true);
    expect(await isGenuine({ ...message, Message: 'dia\n' })).toBe(false);
    expect(await logOf(TopicArn)).toMatchObject([
      {
        type: 'Notification',
        deliveries: [{ subscriptionArn: arn, state: 'delivered', attemptsCount: 1, lastAnswer: '200' }],
      },
      { type: 'SubscriptionConfirmation' },
    ]);
  });

  // spec: SNS-HTTP-2
  it('that wants raw messages gets nothing but the message, of a structured one its own', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    await subscribed(endpoint, TopicArn, { RawMessageDelivery: 'true' });
    const Message = JSON.stringify({ default: 'for all', http: 'for endpoints' });
    await publish(TopicArn, { Message, MessageStructure: 'json' });
    expect(endpoint.received[0]).toMatchObject({
      body: 'for endpoints',
      headers: { 'x-amz-sns-rawdelivery': 'true' },
    });
  });

  // spec: SNS-SUB-7, SNS-HTTP-4
  it('follows the link out of a message to be one no more, and is told so', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    await subscribed(endpoint, TopicArn);
    await publish(TopicArn);
    const [told] = endpoint.received.splice(0);
    expect((await fetch(envelopeOf(told!).UnsubscribeURL ?? '')).status).toBe(200);
    await app.settle();
    const end = envelopeOf(endpoint.received[0]!);
    expect(end.Type).toBe('UnsubscribeConfirmation');
    expect(await isGenuine(end)).toBe(true);
    await publish(TopicArn);
    expect(endpoint.received).toHaveLength(1);
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? []).toEqual(
      [],
    );
  });

  // spec: SNS-SUB-7
  it('cannot be ended by a link where whoever confirmed it ruled that out', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    const arn = await ask(endpoint, TopicArn);
    const { Token } = envelopeOf(endpoint.received[0]!);
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }));
    const refused = await fetch(`${app.address.url}/?Action=Unsubscribe&SubscriptionArn=${arn}`);
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining('AuthorizationError'),
    ]);
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    expect(Attributes).toMatchObject({ ConfirmationWasAuthenticated: 'true' });
  });

  // spec: SRV-LINK-1
  it('opens no other operation to who signs nothing', async () => {
    const TopicArn = await newTopic();
    for (const action of ['Publish', 'DeleteTopic', 'ListTopics', 'Subscribe']) {
      const answer = await fetch(`${app.address.url}/?Action=${action}&TopicArn=${TopicArn}&Message=x`);
      expect(answer.status).toBe(403);
    }
  });
});

// spec: SNS-HTTP-5
it('the server asks nothing of itself, whatever is subscribed', async () => {
  const TopicArn = await newTopic();
  const Endpoint = `${app.address.url}/_sealpost/reset`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
  expect((await logOf(TopicArn))[0]?.deliveries).toMatchObject([{ state: 'given-up', lastAnswer: '403' }]);
  await sns.send(new GetTopicAttributesCommand({ TopicArn }));
});

describe('a message to an endpoint that fails', () => {
  // spec: SNS-RETRY-1, SNS-HTTP-3
  it('is tried again by the clock, as the delivery policy says, and then given up', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    const DeliveryPolicy = JSON.stringify({
      healthyRetryPolicy: {
        minDelayTarget: 10,
        maxDelayTarget: 30,
        numRetries: 3,
        backoffFunction: 'linear',
      },
      requestPolicy: { headerContentType: 'application/json' },
    });
    await subscribed(endpoint, TopicArn, { DeliveryPolicy });
    endpoint.answers.push(503, 500, 599, 500);
    await publish(TopicArn);
    expect(endpoint.received).toHaveLength(1);
    expect(endpoint.received[0]?.headers['content-type']).toBe('application/json');
    for (const [seconds, count] of [
      [9, 1],
      [1, 2],
      [19, 2],
      [1, 3],
      [30, 4],
      [3600, 4],
    ] as const) {
      app.world.advanceClock(seconds * 1000);
      await app.settle();
      expect(endpoint.received).toHaveLength(count);
    }
    expect((await logOf(TopicArn))[0]?.deliveries).toMatchObject([
      { state: 'given-up', attemptsCount: 4, lastAnswer: '500' },
    ]);
    // Each try is the same message.
    expect(new Set(endpoint.received.map(({ body }) => body)).size).toBe(1);
  });

  // spec: SNS-RETRY-1
  it('is not tried again where the endpoint has refused it', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    await subscribed(endpoint, TopicArn);
    endpoint.answers.push(404);
    await publish(TopicArn);
    app.world.advanceClock(60_000);
    expect((await logOf(TopicArn))[0]?.deliveries).toMatchObject([
      { state: 'given-up', attemptsCount: 1, lastAnswer: '404' },
    ]);
    expect(endpoint.received).toHaveLength(1);
  });

  // spec: SNS-HTTP-3
  it('survives a restart of the server, and stands in its store sealed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sealpost-sns-'));
    await using endpoint = await openEndpoint();
    try {
      const first = await createServer({ data: folder });
      const own = clientOf(first);
      const { TopicArn } = await own.send(new CreateTopicCommand({ Name: 'durable' }));
      await own.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: endpoint.url }));
      await first.settle();
      await fetch(envelopeOf(endpoint.received[0]!).SubscribeURL ?? '');
      endpoint.answers.push(500);
      await own.send(new PublishCommand({ TopicArn, Message: 'a canary' }));
      await first.settle();
      const certificate = envelopeOf(endpoint.received[1]!).SigningCertURL.split('/').at(-1);
      await first.close();
      await using second = await createServer({ data: folder });
      second.world.advanceClock(21_000);
      await second.settle();
      const again = envelopeOf(endpoint.received[2]!);
      expect(again.Message).toBe('a canary');
      // The pair that signs is the same one.
      expect(again.SigningCertURL.split('/').at(-1)).toBe(certificate);
      expect(await isGenuine(again)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a subscription', () => {
  // spec: SNS-FILTER-1, SNS-FILTER-2, SNS-SUB-6
  it('with a filter policy is told only of what passes', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    const SubscriptionArn = await subscribed(endpoint, TopicArn, {
      FilterPolicy: JSON.stringify({ messageType: ['ConfigurationSnapshotDeliveryFailed'] }),
      FilterPolicyScope: 'MessageBody',
    });
    await publish(TopicArn, { Message: '{"messageType":"ConfigurationItemChangeNotification"}' });
    await publish(TopicArn, { Message: 'no JSON' });
    expect(endpoint.received).toEqual([]);
    expect((await logOf(TopicArn))[0]?.deliveries).toMatchObject([{ state: 'filtered' }]);
    await publish(TopicArn, { Message: '{"messageType":"ConfigurationSnapshotDeliveryFailed"}' });
    expect(endpoint.received.splice(0)).toHaveLength(1);
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
    await set('FilterPolicyScope', 'MessageAttributes');
    await set('FilterPolicy', JSON.stringify({ price: [{ numeric: ['>=', 100] }] }));
    const price = (StringValue: string) => ({ price: { DataType: 'Number', StringValue } });
    const entries = ['99.5', '100'].map((StringValue, index) => ({
      Id: String(index),
      Message: StringValue,
      MessageAttributes: price(StringValue),
    }));
    await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
    await app.settle();
    expect(endpoint.received.map((one) => envelopeOf(one).Message)).toEqual(['100']);
    expect(await refusalOf(set('FilterPolicy', '{invalidjson}'))).toEqual([
      'InvalidParameterException',
      400,
      'Invalid parameter: FilterPolicy: failed to parse JSON.',
    ]);
  });

  // spec: SNS-SUB-6, SNS-RETRY-2
  it('has attributes that there are, and policies that can be followed', async () => {
    await using endpoint = await openEndpoint();
    const TopicArn = await newTopic();
    const SubscriptionArn = await subscribed(endpoint, TopicArn);
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
    await set('RawMessageDelivery', 'true');
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ RawMessageDelivery: 'true' });
    expect(JSON.parse(Attributes?.['EffectiveDeliveryPolicy'] ?? '')).toMatchObject({
      healthyRetryPolicy: { numRetries: 3, minDelayTarget: 20 },
    });
    for (const [name, value, text] of [
      ['Colour', 'red', 'AttributeName'],
      [
        'RawMessageDelivery',
        'perhaps',
        'RawMessageDelivery: Invalid value [perhaps]. Must be true or false.',
      ],
      [
        'DeliveryPolicy',
        '{"healthyRetryPolicy":{"numRetries":101}}',
        'DeliveryPolicy: healthyRetryPolicy.numRetries must be less than or equal to 100',
      ],
      ['DeliveryPolicy', '{"http":{}}', 'DeliveryPolicy: Unexpected JSON member: http'],
    ] as const)
      expect(await refusalOf(set(name, value))).toEqual([
        'InvalidParameterException',
        400,
        `Invalid parameter: ${text}`,
      ]);
  });

  // spec: SNS-RETRY-1
  it("follows its topic's delivery policy unless it has its own, or the topic rules that out", async () => {
    await using endpoint = await openEndpoint();
    const http = { defaultHealthyRetryPolicy: { numRetries: 1, minDelayTarget: 5, maxDelayTarget: 5 } };
    const TopicArn = await newTopic({ DeliveryPolicy: JSON.stringify({ http }) });
    const DeliveryPolicy = JSON.stringify({ healthyRetryPolicy: { numRetries: 0 } });
    const SubscriptionArn = await subscribed(endpoint, TopicArn, { DeliveryPolicy });
    const retries = async () => {
      const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
      const effective = JSON.parse(Attributes?.['EffectiveDeliveryPolicy'] ?? '') as {
        healthyRetryPolicy: { numRetries: number };
      };
      return effective.healthyRetryPolicy.numRetries;
    };
    expect(await retries()).toBe(0);
    await sns.send(
      new SetTopicAttributesCommand({
        TopicArn,
        AttributeName: 'DeliveryPolicy',
        AttributeValue: JSON.stringify({ http: { ...http, disableSubscriptionOverrides: true } }),
      }),
    );
    expect(await retries()).toBe(1);
  });
});

// spec: SNS-PUBLISH-4
it('message attributes have a type, and a value of it', async () => {
  const TopicArn = await newTopic();
  const refused = (DataType: string, StringValue?: string) =>
    refusalOf(
      sns.send(
        new PublishCommand({ TopicArn, Message: 'm', MessageAttributes: { a: { DataType, StringValue } } }),
      ),
    );
  expect((await refused('Colour', 'red'))[0]).toBe('InvalidParameterValueException');
  expect((await refused('Number', 'red'))[0]).toBe('InvalidParameterValueException');
  expect((await refused('String'))[0]).toBe('InvalidParameterValueException');
});

// spec: SNS-HTTP-3
it('a server ends while an endpoint keeps it waiting, and that was no attempt', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-sns-'));
  let connectionsCount = 0;
  const silent = createNetServer(() => {
    connectionsCount++;
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  try {
    const slow = await createServer({ data: folder });
    const own = clientOf(slow);
    const { TopicArn } = await own.send(new CreateTopicCommand({ Name: 'slow' }));
    const Endpoint = `http://user:secret@127.0.0.1:${port}/`;
    await own.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
    const { Subscriptions } = await own.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions?.[0]?.Endpoint).toBe(`http://user:****@127.0.0.1:${port}/`);
    while (connectionsCount === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await slow.close();
    await using again = await createServer({ data: folder });
    const [waiting] = await again.records.list(outgoing);
    expect(waiting?.value.attemptsCount).toBe(0);
  } finally {
    silent.close();
    rmSync(folder, { recursive: true });
  }
});

// spec: SNS-POLICY-4
it('AddPermission and RemovePermission put statements into the policy of a topic and take them out', async () => {
  const TopicArn = await newTopic();
  const add = (Label: string, ActionName: string[]) =>
    sns.send(new AddPermissionCommand({ TopicArn, Label, AWSAccountId: [account], ActionName }));
  const statements = async () => {
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    return (JSON.parse(Attributes?.['Policy'] ?? '') as { Statement: readonly object[] }).Statement;
  };
  await add('mine', ['Publish']);
  expect((await statements())[1]).toEqual({
    Sid: 'mine',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'SNS:Publish',
    Resource: TopicArn,
  });
  expect((await refusalOf(add('mine', ['Publish'])))[2]).toBe('Invalid parameter: Statement already exists');
  expect((await refusalOf(add('other', ['Dance'])))[2]).toBe(
    'Invalid parameter: Policy statement action out of service scope!',
  );
  await sns.send(new RemovePermissionCommand({ TopicArn, Label: 'mine' }));
  expect(await statements()).toHaveLength(1);
});

// spec: SNS-TOPIC-2
it('a FIFO topic is refused in so many words', async () => {
  expect(await refusalOf(sns.send(new CreateTopicCommand({ Name: 'a.fifo' })))).toEqual([
    'InvalidParameterException',
    400,
    'Invalid parameter: FifoTopic Reason: FIFO topics are not available here',
  ]);
});
