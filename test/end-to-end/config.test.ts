/** AWS Config through the real client: times, documents within documents, errors, and what is kept on disk. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CreateUserCommand, CreateAccessKeyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  GetResourceConfigHistoryCommand,
  ListDiscoveredResourcesCommand,
  PutConfigurationRecorderCommand,
  PutResourceConfigCommand,
  SelectAggregateResourceConfigCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { createServer, type App } from '../../src/app.ts';
import {
  clientsOf,
  deliver,
  layOut,
  policyOf,
  putChannel,
  recorderAccount,
  region,
  type LaidOut,
} from './delivery-account.ts';

describe('AWS Config through the client', () => {
  let laidOut: LaidOut;
  beforeAll(async () => {
    laidOut = await layOut();
    await putChannel(laidOut);
    await laidOut.clients.config.send(
      new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }),
    );
  });
  afterAll(() => laidOut.app.close());

  // spec: CFG-REC-4, CFG-STATUS-1
  test('tells times as dates and states in capitals', async () => {
    const { config } = laidOut.clients;
    const { ConfigurationRecordersStatus: [status] = [] } = await config.send(
      new DescribeConfigurationRecorderStatusCommand({}),
    );
    expect(status).toMatchObject({ recording: true, lastStatus: 'SUCCESS' });
    expect(status?.lastStartTime).toBeInstanceOf(Date);
  });

  // spec: CFG-CUSTOM-1, CFG-HISTORY-1, CFG-ITEM-2
  test('records a custom resource and reads it back', async () => {
    const { config } = laidOut.clients;
    const ResourceType = 'Acme::Db::Table';
    for (const size of [1, 2])
      await config.send(
        new PutResourceConfigCommand({
          ResourceType,
          ResourceId: 't1',
          SchemaVersionId: '00000001',
          Configuration: JSON.stringify({ size }),
          Tags: { team: 'audit' },
        }),
      );
    const { configurationItems: items = [] } = await config.send(
      new GetResourceConfigHistoryCommand({ resourceType: ResourceType as never, resourceId: 't1' }),
    );
    expect(items.map(({ configuration }) => configuration)).toEqual(['{"size":2}', '{"size":1}']);
    expect(items[0]).toMatchObject({ tags: { team: 'audit' }, configurationItemStatus: 'OK' });
    expect(items[0]?.configurationItemCaptureTime).toBeInstanceOf(Date);
  });

  // spec: CFG-LIST-1, CFG-ITEM-4
  test("knows the server's own buckets", async () => {
    const { config } = laidOut.clients;
    const { resourceIdentifiers } = await config.send(
      new ListDiscoveredResourcesCommand({ resourceType: 'AWS::S3::Bucket' }),
    );
    expect(resourceIdentifiers).toMatchObject([{ resourceId: laidOut.bucket }]);
  });

  test('names an operation that is not here, and goes on', async () => {
    const { config } = laidOut.clients;
    await expect(
      config.send(
        new SelectAggregateResourceConfigCommand({
          Expression: 'SELECT *',
          ConfigurationAggregatorName: 'all',
        }),
      ),
    ).rejects.toThrow();
    await expect(config.send(new DescribeConfigurationRecordersCommand({}))).resolves.toBeDefined();
  });

  // spec: CFG-AUTH-1, CFG-AUTH-2, CFG-WIRE-1
  test('refuses a user who may put recorders but not pass the role', async () => {
    const { iam } = laidOut.clients;
    const UserName = 'operator';
    await iam.send(new CreateUserCommand({ UserName }));
    const allow = (...Action: string[]) => policyOf({ Effect: 'Allow', Action, Resource: '*' });
    const put = (PolicyDocument: string) =>
      iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
    await put(allow('config:*'));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const config = new ConfigServiceClient({
      endpoint: laidOut.app.address.url,
      region,
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      },
    });
    const putRecorder = () =>
      config.send(
        new PutConfigurationRecorderCommand({
          ConfigurationRecorder: { name: 'default', roleARN: laidOut.roleARN },
        }),
      );
    await expect(putRecorder()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::${recorderAccount}:user/operator is not authorized to perform: iam:PassRole on resource: ${laidOut.roleARN} because no identity-based policy allows the iam:PassRole action`,
      $metadata: { httpStatusCode: 400 },
    });
    await put(allow('config:*', 'iam:PassRole'));
    await expect(putRecorder()).resolves.toBeDefined();
  });
});

describe('a data folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'sealpost-')), 'data');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // spec: CFG-DELIVERY-1, KMS-CIPHER-4
  test('goes on where it was: recorder, key and an ordered snapshot are there again', async () => {
    const app: App = await createServer({ data: folder });
    const laidOut = await layOutIn(app);
    await deliver(laidOut);
    await app.close();
    expect((await stat(join(folder, 'root.key'))).mode & 0o777).toBe(0o600);

    const again = await createServer({ data: folder });
    const { delivery } = await deliver({
      ...laidOut,
      app: again,
      clients: clientsOf(again, recorderAccount),
    });
    expect(delivery).toMatchObject({ state: 'delivered', deliveredAs: 'role' });
    await expect(createServer({ data: folder })).rejects.toThrow('is in use by another sealpost process');
    await again.close();
  });
});

async function layOutIn(app: App): Promise<LaidOut> {
  const laidOut = await layOut({}, app);
  await putChannel(laidOut);
  return laidOut;
}
