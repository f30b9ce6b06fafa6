/** The notification phase: AWS Config tells the channel's topic, as the role, then as the service principal. */
import {
  DescribeDeliveryChannelStatusCommand,
  DeliverConfigSnapshotCommand,
} from '@aws-sdk/client-config-service';
import { afterEach, describe, expect, it } from 'vitest';
import { createServer, type App } from '../../src/app.ts';
import { check } from '../../src/index.ts';
import type { Setup } from '../../src/setup/schema.ts';
import { clientsOf, recorderAccount as account, region } from './delivery-account.ts';

const role = `arn:aws:iam::${account}:role/config`;
const topicArn = `arn:aws:sns:${region}:${account}:config`;
const keyArn = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const version = { Version: '2012-10-17' } as const;
const asRole = { Effect: 'Allow', Action: 'sns:Publish', Resource: topicArn };
const rootOfKey = { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' };

let app: App | null = null;
afterEach(async () => await app?.close());

interface Parts {
  readonly roleStatements?: readonly object[];
  readonly topicPolicy?: Readonly<Record<string, unknown>> | null;
  readonly kmsMasterKeyId?: string | null;
  readonly keyStatements?: readonly object[];
}

function setupOf(parts: Parts): Setup {
  const write = {
    Effect: 'Allow',
    Action: ['s3:PutObject', 's3:GetBucketAcl', 's3:ListBucket', 's3:PutObjectAcl'],
    Resource: '*',
  };
  return {
    complete: true,
    organization: null,
    recorder: { account, region, roleARN: role },
    deliveryChannel: { s3BucketName: 'config-logs', snsTopicARN: topicArn },
    roles: [
      {
        arn: role,
        trustPolicy: {
          ...version,
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        policies: [
          { name: 'p', document: { ...version, Statement: [write, ...(parts.roleStatements ?? [])] } },
        ],
      },
    ],
    buckets: [{ name: 'config-logs', account, region, policy: null, encryption: null }],
    keys: [{ arn: keyArn, policy: { ...version, Statement: [rootOfKey, ...(parts.keyStatements ?? [])] } }],
    topics: [
      { arn: topicArn, policy: parts.topicPolicy ?? null, kmsMasterKeyId: parts.kmsMasterKeyId ?? null },
    ],
  };
}

/** What check says of the phase, and whom the topic heard. */
async function told(parts: Parts) {
  const setup = setupOf(parts);
  app = await createServer({ setup });
  const phase = check(setup).phases.find((candidate) => candidate.phase === 'notification');
  const { config } = clientsOf(app, account);
  await config.send(new DeliverConfigSnapshotCommand({ deliveryChannelName: 'default' }));
  await app.settle();
  const { DeliveryChannelsStatus } = await config.send(new DescribeDeliveryChannelStatusCommand({}));
  const [message] = app.publishedMessages({ topicArn, limit: 1 });
  const status = DeliveryChannelsStatus?.[0];
  expect(status?.configSnapshotDeliveryInfo?.lastStatus).toBe('SUCCESS');
  return {
    said: phase?.outcome,
    saidAs: phase?.deliveredAs,
    publisher: message?.publisher ?? null,
    message,
    stream: status?.configStreamDeliveryInfo?.lastStatus,
    error: status?.configStreamDeliveryInfo?.lastErrorCode,
  };
}

const session = `arn:aws:sts::${account}:assumed-role/config/AWSConfig-Describe`;

function topicPolicyFor(sourceAccount: string) {
  return {
    ...version,
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'config.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn,
        Condition: { StringEquals: { 'aws:SourceAccount': sourceAccount } },
      },
    ],
  };
}

describe('the topic of a channel is told', () => {
  // spec: CFG-NOTIFY-1, CFG-NOTIFY-2, CFG-NOTIFY-3
  it('as the role, where the role may publish', async () => {
    const { message, ...rest } = await told({ roleStatements: [asRole] });
    expect(rest).toMatchObject({ said: 'allowed', saidAs: 'role', publisher: session, stream: 'SUCCESS' });
    expect(message?.subject).toBe(
      `[AWS Config:${region}] Configuration Snapshot Delivery Completed for Account ${account}`,
    );
    expect(JSON.parse(message?.message ?? '')).toMatchObject({
      messageType: 'ConfigurationSnapshotDeliveryCompleted',
      recordVersion: '1.1',
      s3Bucket: 'config-logs',
    });
  });

  // spec: CFG-NOTIFY-1
  it('as the service principal, where only the topic policy allows it', async () => {
    expect(await told({ topicPolicy: topicPolicyFor(account) })).toMatchObject({
      said: 'allowed',
      saidAs: 'service-principal',
      publisher: 'config.amazonaws.com',
      stream: 'SUCCESS',
    });
  });

  // spec: CFG-NOTIFY-1, CFG-NOTIFY-3
  it('by nobody, where the topic policy names another source account: the file is there all the same', async () => {
    expect(await told({ topicPolicy: topicPolicyFor('999999999999') })).toMatchObject({
      said: 'denied',
      publisher: null,
      stream: 'FAILURE',
      error: 'AuthorizationError',
    });
  });

  // spec: CFG-NOTIFY-1, SNS-KMS-1
  it('under its key only by who may use the key', async () => {
    const useKey = { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: keyArn };
    const encrypted = { kmsMasterKeyId: keyArn };
    expect(await told({ ...encrypted, roleStatements: [asRole, useKey] })).toMatchObject({
      said: 'allowed',
      publisher: session,
    });
    await app?.close();
    expect(await told({ ...encrypted, roleStatements: [asRole] })).toMatchObject({
      said: 'denied',
      publisher: null,
      stream: 'FAILURE',
    });
  });
});
