/** Queries as people ask them: with the SDK's paginator and with the AWS CLI, over what the server itself recorded. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  DeleteResourceConfigCommand,
  GetDiscoveredResourceCountsCommand,
  paginateGetResourceConfigHistory,
  paginateListDiscoveredResources,
  paginateSelectResourceConfig,
  PutResourceConfigCommand,
  SelectResourceConfigCommand,
  StartConfigurationRecorderCommand,
  type ConfigServiceClient,
} from '@aws-sdk/client-config-service';
import { CreateBucketCommand, PutBucketTaggingCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { createServer } from '../../src/app.ts';
import { clientsOf, layOut, putChannel, recorderAccount, region, type LaidOut } from './delivery-account.ts';

const run = promisify(execFile);
const hasCli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

describe('queries through the client', () => {
  let laidOut: LaidOut;
  let config: ConfigServiceClient;
  beforeAll(async () => {
    laidOut = await layOut();
    ({ config } = laidOut.clients);
    const { s3 } = laidOut.clients;
    await putChannel(laidOut);
    await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
    for (const Bucket of ['reports-a', 'reports-b', 'reports-c'])
      await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: 'reports-b', VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const Tagging = { TagSet: [{ Key: 'team', Value: 'audit' }] };
    await s3.send(new PutBucketTaggingCommand({ Bucket: 'reports-c', Tagging }));
    await laidOut.app.settle();
  });
  afterAll(() => laidOut.app.close());

  async function rows(Expression: string, pageSize = 100): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    for await (const page of paginateSelectResourceConfig({ client: config, pageSize }, { Expression }))
      found.push(...(page.Results ?? []).map((text) => JSON.parse(text) as unknown));
    return found;
  }

  // spec: CFG-QUERY-3, CFG-QUERY-7, CFG-QUERY-8
  test('find buckets by what was recorded of them, page by page', async () => {
    const where = "WHERE resourceType = 'AWS::S3::Bucket' AND resourceId LIKE 'reports%'";
    expect(await rows(`SELECT resourceId ${where}`, 1)).toEqual([
      { resourceId: 'reports-a' },
      { resourceId: 'reports-b' },
      { resourceId: 'reports-c' },
    ]);
    const status = 'supplementaryConfiguration.BucketVersioningConfiguration.status';
    expect(await rows(`SELECT resourceId, ${status} ${where} AND ${status} = 'Enabled'`)).toEqual([
      {
        resourceId: 'reports-b',
        supplementaryConfiguration: { BucketVersioningConfiguration: { status: 'Enabled' } },
      },
    ]);
    expect(await rows(`SELECT tags ${where} AND tags.key = 'team'`)).toEqual([
      { tags: [{ key: 'team', value: 'audit', tag: 'team=audit' }] },
    ]);
    expect(await rows(`SELECT resourceType, COUNT(*) ${where} GROUP BY resourceType`)).toEqual([
      { resourceType: 'AWS::S3::Bucket', 'COUNT(*)': 3 },
    ]);
  });

  // spec: CFG-QUERY-1
  test('that are no queries are refused with the place', async () => {
    const Expression = "SELECT resourceId\nWHERE resourceType = 'AWS::S3::Bucket'\n  resourceId = 'x'";
    await expect(config.send(new SelectResourceConfigCommand({ Expression }))).rejects.toMatchObject({
      name: 'InvalidExpressionException',
      message: 'syntax error at line 3, column 3',
      $metadata: { httpStatusCode: 400 },
    });
  });

  // spec: CFG-HISTORY-1, CFG-LIST-1
  test("read lists and histories with the SDK's paginators", async () => {
    const table = { ResourceType: 'Acme::Db::Table', ResourceId: 't1' };
    for (const size of [1, 2, 3])
      await config.send(
        new PutResourceConfigCommand({
          ...table,
          SchemaVersionId: '00000001',
          Configuration: JSON.stringify({ size }),
        }),
      );
    await config.send(new DeleteResourceConfigCommand(table));
    const of = { resourceType: 'Acme::Db::Table', resourceId: 't1' } as const;
    const statuses: (string | undefined)[] = [];
    // The SDK's list of types is closed, AWS's is not.
    for await (const page of paginateGetResourceConfigHistory({ client: config, pageSize: 3 }, of as never))
      statuses.push(...(page.configurationItems ?? []).map((item) => item.configurationItemStatus));
    expect(statuses).toEqual(['ResourceDeleted', 'OK', 'OK', 'ResourceDiscovered']);
    const ids: (string | undefined)[] = [];
    const buckets = { resourceType: 'AWS::S3::Bucket' } as const;
    for await (const page of paginateListDiscoveredResources({ client: config, pageSize: 2 }, buckets))
      ids.push(...(page.resourceIdentifiers ?? []).map(({ resourceId }) => resourceId));
    expect(ids).toEqual([laidOut.bucket, 'reports-a', 'reports-b', 'reports-c'].sort());
    const { resourceCounts = [] } = await config.send(
      new GetDiscoveredResourceCountsCommand({ resourceTypes: ['AWS::S3::Bucket', 'Acme::Db::Table'] }),
    );
    expect(resourceCounts).toEqual([{ resourceType: 'AWS::S3::Bucket', count: 4 }]);
  });

  // spec: CFG-QUERY-8
  test.skipIf(!hasCli)(
    'are asked with the AWS CLI, which reads every page',
    { timeout: 60_000 },
    async () => {
      const expression =
        "SELECT resourceId WHERE resourceType = 'AWS::S3::Bucket' AND resourceId LIKE 'reports%'";
      const ask = ['configservice', 'select-resource-config', '--page-size', '2', '--expression'];
      const env = {
        PATH: process.env['PATH'],
        AWS_ENDPOINT_URL: laidOut.app.address.url,
        AWS_ACCESS_KEY_ID: recorderAccount,
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_DEFAULT_REGION: region,
        AWS_PAGER: '',
        AWS_EC2_METADATA_DISABLED: 'true',
      };
      const [{ stdout }, wrong] = await Promise.all([
        run('aws', [...ask, expression, '--output', 'json'], { env }),
        run('aws', [...ask, `${expression} LIMIT 5`], { env }).catch((error: unknown) => String(error)),
      ]);
      expect(JSON.parse(stdout)).toMatchObject({
        Results: ['{"resourceId":"reports-a"}', '{"resourceId":"reports-b"}', '{"resourceId":"reports-c"}'],
        QueryInfo: { SelectFields: [{ Name: 'resourceId' }] },
      });
      expect(wrong).toContain(
        `An error occurred (InvalidExpressionException) when calling the SelectResourceConfig operation: syntax error at line 1, column ${String(expression.length + 2)}`,
      );
    },
  );
});

// spec: CFG-PAGE-1, CFG-QUERY-8
test('a page token goes on after a restart, over what is kept on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sealpost-queries-'));
  try {
    const ask = {
      Expression: "SELECT resourceId WHERE resourceId LIKE 'table%' ORDER BY resourceId DESC",
      Limit: 1,
    };
    let token: string | undefined;
    {
      await using app = await createServer({ data: folder });
      const laidOut = await layOut({}, app);
      await putChannel(laidOut);
      const { config } = laidOut.clients;
      await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
      for (const ResourceId of ['table-1', 'table-2', 'table-3'])
        await config.send(
          new PutResourceConfigCommand({
            ResourceType: 'Acme::Db::Table',
            ResourceId,
            SchemaVersionId: '00000001',
            Configuration: '{}',
          }),
        );
      const first = await config.send(new SelectResourceConfigCommand(ask));
      expect(first.Results).toEqual(['{"resourceId":"table-3"}']);
      token = first.NextToken;
    }
    await using app = await createServer({ data: folder });
    const { config } = clientsOf(app, recorderAccount);
    const second = await config.send(new SelectResourceConfigCommand({ ...ask, NextToken: token }));
    expect(second.Results).toEqual(['{"resourceId":"table-2"}']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
