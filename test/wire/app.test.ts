/** The composed server: who its roots are, and setups that go in and come out. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { AppNotStarted, createApp } from '../../src/app.ts';
import type { App, AppSettings } from '../../src/app.ts';
import { setupSchema } from '../../src/setup/schema.ts';

const running: App[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

async function start(changes: Partial<AppSettings> = {}): Promise<App> {
  const app = await createApp({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    data: { kind: 'memory' },
    rootKey: null,
    rootCredentials: null,
    isResetAllowed: true,
    setup: null,
    logger: pino({ level: 'silent' }),
    version: '0.0.0',
    ...changes,
  });
  running.push(app);
  return app;
}

function whoIs(app: App, accessKeyId: string, secretAccessKey: string): Promise<string | undefined> {
  const client = new STSClient({
    endpoint: `http://127.0.0.1:${app.address.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  return client.send(new GetCallerIdentityCommand({})).then(({ Arn }) => Arn);
}

// spec: SRV-AUTH-ROOT-1, SRV-AUTHN-1
describe('root credentials', () => {
  it('on loopback any account answers to its digits, with the secret that everybody knows', async () => {
    const app = await start();
    expect(await whoIs(app, '111122223333', 'test')).toBe('arn:aws:iam::111122223333:root');
    expect(await whoIs(app, 'test', 'test')).toBe('arn:aws:iam::000000000000:root');
    await expect(whoIs(app, '111122223333', 'tesu')).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await expect(whoIs(app, '11112222333', 'test')).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(whoIs(app, '', 'test')).rejects.toThrow();
  });

  it('on another address only the given pair does, and without one nothing starts', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toBeInstanceOf(AppNotStarted);
    const pair = { accessKeyId: '111122223333', secretAccessKey: 'long-and-secret' };
    const app = await start({ host: '0.0.0.0', rootCredentials: pair });
    expect(await whoIs(app, pair.accessKeyId, pair.secretAccessKey)).toMatch(/:root$/);
    await expect(whoIs(app, '444455556666', 'test')).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(whoIs(app, pair.accessKeyId, 'test')).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });
});

const role = 'arn:aws:iam::111122223333:role/config';
const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const allowAll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const setup = {
  complete: true,
  organization: null,
  recorder: { account: '111122223333', region: 'us-east-1', roleARN: role },
  deliveryChannel: {
    name: 'default',
    s3BucketName: 'config-logs',
    s3KeyPrefix: null,
    s3KmsKeyArn: key,
    snsTopicARN: null,
  },
  roles: [
    {
      arn: role,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      policies: [{ name: 'delivery', document: allowAll }],
      managedPolicies: [],
      permissionsBoundary: null,
    },
  ],
  buckets: [
    { name: 'config-logs', account: '111122223333', region: 'us-east-1', policy: null, encryption: null },
  ],
  // A key that is pending deletion and a policy for a principal that does not exist: AWS would store neither.
  keys: [
    {
      arn: key,
      keyState: 'PendingDeletion',
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: 'account-id1' }, Action: 'kms:*', Resource: '*' }],
      },
    },
  ],
};

// spec: SRV-SETUP-1, SRV-SETUP-2, SRV-ADMIN-4
it('a setup is laid out as it is given, and comes back complete', async () => {
  const app = await start({ setup: setupSchema.parse(setup) });
  const answer = await fetch(`${app.address.url}/_sealpost/setup?account=111122223333&region=us-east-1`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    complete: true,
    organization: null,
    recorder: setup.recorder,
    deliveryChannel: setup.deliveryChannel,
    roles: [{ arn: role, trustPolicy: setup.roles[0]?.trustPolicy, policies: setup.roles[0]?.policies }],
    buckets: [{ name: 'config-logs', account: '111122223333', policy: null }],
    keys: [{ arn: key, keyState: 'PendingDeletion', policy: setup.keys[0]?.policy }],
  });
});
