/** What a subscriber of the channel's topic hears over a day: every kind of notification, through HTTP and signed. */
import {
  DeliverConfigSnapshotCommand,
  DescribeDeliveryChannelStatusCommand,
  PutResourceConfigCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { CreateBucketCommand, DeleteBucketCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import {
  deliveryStatement,
  layOut,
  policyOf,
  putChannel,
  readDelivered,
  recorderAccount as account,
  region,
  service,
  type LaidOut,
} from './delivery-account.ts';
import { envelopeOf, isGenuine, openEndpoint, type Endpoint } from './endpoint.ts';

let app: App | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

interface Heard extends LaidOut {
  readonly sns: SNSClient;
  readonly TopicArn: string;
  /** What came since it was last asked for. */
  heard(): Promise<readonly { readonly subject: string; readonly message: Message }[]>;
}

type Message = Readonly<Record<string, unknown>> & { readonly messageType: string };

/** A running recorder whose channel's topic has this endpoint. */
async function listening(endpoint: Endpoint): Promise<Heard> {
  const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' } as const;
  const laidOut = await layOut({ role: [deliveryStatement, publish], bucketPolicy: () => null });
  app = laidOut.app;
  const sns = new SNSClient({
    endpoint: app.address.url,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'config' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: endpoint.url }));
  await app.settle();
  await fetch(envelopeOf(endpoint.received.splice(0)[0]!).SubscribeURL ?? '');
  await putChannel(laidOut, { snsTopicARN: TopicArn });
  const { config } = laidOut.clients;
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
  const heard = async () => {
    await laidOut.app.settle();
    const envelopes = endpoint.received.splice(0).map(envelopeOf);
    for (const envelope of envelopes) expect(await isGenuine(envelope)).toBe(true);
    return envelopes.map(({ Subject = '', Message }) => ({
      subject: Subject,
      message: JSON.parse(Message) as Message,
    }));
  };
  return { ...laidOut, sns, TopicArn, heard };
}

async function statusOf({ clients }: LaidOut) {
  const { DeliveryChannelsStatus } = await clients.config.send(new DescribeDeliveryChannelStatusCommand({}));
  return DeliveryChannelsStatus?.[0];
}

async function snapshot({ clients }: LaidOut): Promise<string> {
  const order = new DeliverConfigSnapshotCommand({ deliveryChannelName: 'default' });
  return (await clients.config.send(order)).configSnapshotId ?? '';
}

describe('the topic of a channel hears', () => {
  // spec: CFG-STREAM-1, CFG-STREAM-2, CFG-STREAM-3
  it('of a bucket that is made, tagged and deleted, each time once', async () => {
    await using endpoint = await openEndpoint();
    const place = await listening(endpoint);
    const first = await place.heard();
    expect(first.map(({ message }) => message.messageType)).toContain('ConfigurationItemChangeNotification');
    const { s3 } = place.clients;
    const Bucket = 'news';
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'a' }] } }),
    );
    await s3.send(new DeleteBucketCommand({ Bucket }));
    const heard = await place.heard();
    expect(heard.map(({ subject }) => subject)).toEqual(
      ['Created', 'Updated', 'Deleted'].map(
        (what) => `[AWS Config:${region}] AWS::S3::Bucket news ${what} in Account ${account}`,
      ),
    );
    expect(heard[1]?.message).toMatchObject({
      configurationItemDiff: {
        changeType: 'UPDATE',
        changedProperties: { 'Tags.team': { previousValue: null, updatedValue: 'a', changeType: 'CREATE' } },
      },
      configurationItem: { configurationItemStatus: 'OK', tags: { team: 'a' }, resourceId: Bucket },
    });
    expect(heard[2]?.message).toMatchObject({
      configurationItemDiff: { changeType: 'DELETE' },
      configurationItem: {
        configurationItemStatus: 'ResourceDeleted',
        configuration: null,
        resourceName: null,
        resourceCreationTime: null,
      },
    });
    expect((await statusOf(place))?.configStreamDeliveryInfo).toMatchObject({ lastStatus: 'SUCCESS' });
  });

  // spec: CFG-NOTIFY-2, CFG-NOTIFY-4, CFG-NOTIFY-5
  it('of snapshots that begin and end, in one way or the other', async () => {
    await using endpoint = await openEndpoint();
    const place = await listening(endpoint);
    await place.heard();
    const configSnapshotId = await snapshot(place);
    expect((await place.heard()).map(({ message }) => message)).toMatchObject([
      { messageType: 'ConfigurationSnapshotDeliveryStarted', configSnapshotId },
      { messageType: 'ConfigurationSnapshotDeliveryCompleted', configSnapshotId, s3Bucket: place.bucket },
    ]);
    await place.clients.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'config',
        PolicyName: 'delivery',
        PolicyDocument: policyOf({ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }),
      }),
    );
    await place.heard();
    const refused = await snapshot(place);
    expect((await place.heard()).map(({ message }) => message)).toMatchObject([
      { messageType: 'ConfigurationSnapshotDeliveryStarted', configSnapshotId: refused },
      {
        messageType: 'ConfigurationSnapshotDeliveryFailed',
        configSnapshotId: refused,
        s3Bucket: place.bucket,
        errorCode: 'AccessDenied',
      },
    ]);
    expect(await statusOf(place)).toMatchObject({
      configSnapshotDeliveryInfo: { lastStatus: 'FAILURE', lastErrorCode: 'AccessDenied' },
      configStreamDeliveryInfo: { lastStatus: 'SUCCESS' },
    });
  });

  // spec: CFG-STREAM-5
  it('of an item that is too large by a summary, and of one that the bucket refused, too', async () => {
    await using endpoint = await openEndpoint();
    const place = await listening(endpoint);
    // Small enough to be put, and with its changes too large to be told.
    const put = (value: string) => {
      const members = Array.from({ length: 3_000 }, (_, n) => [`k${n}`, value] as const);
      return place.clients.config.send(
        new PutResourceConfigCommand({
          ResourceType: 'Acme::Db::Table',
          SchemaVersionId: '00000001',
          ResourceId: 't1',
          Configuration: JSON.stringify(Object.fromEntries(members)),
        }),
      );
    };
    await put('abcdef');
    await place.heard();
    await put('ghijkl');
    const [told, ...more] = await place.heard();
    expect(more).toEqual([]);
    expect(told?.subject).toBe(`[AWS Config:${region}] Acme::Db::Table t1 Updated in Account ${account}`);
    expect(told?.message).toMatchObject({
      messageType: 'OversizedConfigurationItemChangeNotification',
      recordVersion: '1.0',
      configurationItemSummary: { changeType: 'UPDATE', resourceId: 't1', ARN: null },
      s3DeliverySummary: { errorCode: null, errorMessage: null },
    });
    const { s3BucketLocation } = told?.message['s3DeliverySummary'] as { s3BucketLocation: string };
    expect(s3BucketLocation).toMatch(
      /^config-logs\/AWSLogs\/111122223333\/Config\/us-east-1\/\d+\/\d+\/\d+\/OversizedChangeNotification\/Acme::Db::Table\/t1\/.*_0\.json\.gz$/,
    );
    const { document } = await readDelivered(place, s3BucketLocation.slice('config-logs/'.length));
    expect(document).toMatchObject({
      messageType: 'ConfigurationItemChangeNotification',
      configurationItem: { configuration: { k0: 'ghijkl' } },
    });
    await place.clients.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'config',
        PolicyName: 'delivery',
        PolicyDocument: policyOf({ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }),
      }),
    );
    await place.heard();
    await put('mnopqr');
    expect((await place.heard())[0]?.message).toMatchObject({
      messageType: 'OversizedConfigurationItemChangeDeliveryFailed',
      s3DeliverySummary: {
        s3BucketLocation: null,
        errorCode: 'AccessDenied',
        errorMessage: `Failed to deliver notification to bucket: config-logs for account ${account} in region ${region}.`,
      },
    });
  });

  // spec: CFG-STATUS-4, CFG-STREAM-6, CFG-NOTIFY-3
  it('nothing where nobody may publish: the history counts as failed, and mending the topic mends it', async () => {
    await using endpoint = await openEndpoint();
    const place = await listening(endpoint);
    await place.heard();
    const { iam, s3 } = place.clients;
    const PolicyDocument = policyOf(deliveryStatement);
    await iam.send(new PutRolePolicyCommand({ RoleName: 'config', PolicyName: 'delivery', PolicyDocument }));
    await s3.send(new CreateBucketCommand({ Bucket: 'unheard' }));
    place.app.world.advanceClock(6 * 3600 * 1000);
    expect(await place.heard()).toEqual([]);
    const failed = await statusOf(place);
    expect(failed).toMatchObject({
      configHistoryDeliveryInfo: { lastStatus: 'FAILURE', lastErrorCode: 'AuthorizationError' },
      configStreamDeliveryInfo: { lastStatus: 'FAILURE', lastErrorCode: 'AuthorizationError' },
    });
    await place.sns.send(
      new SetTopicAttributesCommand({
        TopicArn: place.TopicArn,
        AttributeName: 'Policy',
        AttributeValue: policyOf({
          Effect: 'Allow',
          Principal: service,
          Action: 'sns:Publish',
          Resource: place.TopicArn,
        }),
      }),
    );
    await s3.send(new CreateBucketCommand({ Bucket: 'heard' }));
    const subjects = (await place.heard()).map(({ subject }) => subject);
    expect(subjects.at(-1)).toBe(
      `[AWS Config:${region}] AWS::S3::Bucket heard Created in Account ${account}`,
    );
    expect(subjects).not.toContainEqual(expect.stringContaining('unheard'));
    const mended = (await statusOf(place))?.configStreamDeliveryInfo;
    expect(mended?.lastStatus).toBe('SUCCESS');
    // The time is that of the change of status: a second success leaves it.
    await s3.send(new CreateBucketCommand({ Bucket: 'heard-too' }));
    await place.heard();
    expect((await statusOf(place))?.configStreamDeliveryInfo).toEqual(mended);
  });

  // spec: CFG-STREAM-1
  it('nothing of what happened before it was there', async () => {
    const laidOut = await layOut({ bucketPolicy: () => null });
    app = laidOut.app;
    await putChannel(laidOut);
    const { config, s3 } = laidOut.clients;
    await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    await s3.send(new CreateBucketCommand({ Bucket: 'before' }));
    const sns = new SNSClient({
      endpoint: app.address.url,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
    });
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'late' }));
    await putChannel(laidOut, { snsTopicARN: TopicArn });
    await app.settle();
    expect(app.publishedMessages({ topicArn: TopicArn, limit: 10 })).toEqual([]);
  });
});
