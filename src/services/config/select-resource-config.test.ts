import { createHmac } from 'node:crypto';
import type { SelectResourceConfigResponse } from '@aws-sdk/client-config-service';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAccountId, type AccountId } from '../../aws/account-id.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import type { OperationContext } from '../operation.ts';
import type { RecordStore } from '../records.ts';
import { selectResourceConfig } from './operations/select-resource-config.ts';
import type { ConfigPorts, ItemRecord } from './ports.ts';
import { itemChanges } from './record-resource.ts';

const account = accountOf('111122223333');
const otherAccount = accountOf('444455556666');

function accountOf(text: string): AccountId {
  const account = parseAccountId(text);
  if (account === null) throw new Error('not an account ID');
  return account;
}

const item: Omit<ItemRecord, 'capturedAtMillis'> = {
  account,
  region: 'us-east-1',
  awsRegion: 'us-east-1',
  status: 'ResourceDiscovered',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'logs',
  resourceName: 'logs',
  arn: 'arn:aws:s3:::logs',
  availabilityZone: 'Regional',
  resourceCreatedAtMillis: Date.UTC(2026, 2, 2, 9, 15, 4),
  tags: { team: 'platform', stage: 'prod' },
  relationships: [],
  configuration: { name: 'logs', size: 2, owner: { id: 'x', displayName: null } },
  supplementaryConfiguration: { BucketVersioningConfiguration: { status: 'Enabled' } },
};
const volume = (resourceId: string, size: number, encrypted: boolean) => ({
  ...item,
  resourceType: 'AWS::EC2::Volume',
  resourceId,
  resourceName: null,
  arn: null,
  tags: { team: resourceId },
  relationships: [
    {
      resourceType: 'AWS::EC2::Instance',
      resourceId: `i-${resourceId}`,
      resourceName: null,
      name: 'Is attached to Instance',
    },
    { resourceType: 'AWS::KMS::Key', resourceId: 'k', resourceName: 'k', name: 'Is associated with' },
  ],
  configuration: {
    size,
    encrypted,
    attachments: [
      { device: '/dev/sda', instance: `i-${resourceId}` },
      { device: '/dev/sdb', instance: 'i-0' },
    ],
  },
  supplementaryConfiguration: {},
});
const stored = [
  item,
  volume('v1', 100, true),
  volume('v2', 20, false),
  volume('v3', 20, false),
  { ...volume('gone', 1, true), status: 'ResourceDeleted', configuration: null } as const,
  {
    ...item,
    resourceType: 'AWS::IAM::Role',
    resourceId: 'r',
    status: 'ResourceNotRecorded',
    configuration: null,
  } as const,
  { ...item, resourceType: 'Acme::Db::Table', resourceId: 't1', configuration: { size: 20 } },
  { ...item, account: otherAccount, resourceId: 'theirs' },
  { ...item, region: 'eu-west-1', resourceId: 'elsewhere' },
];

let records: RecordStore;
beforeAll(async () => {
  records = openMemory();
  for (const [index, next] of stored.entries())
    await records.commit(
      itemChanges(null, next, { nowMillis: Date.UTC(2026, 2, 2, 9, 17, 44) + index, isToldOf: false }),
    );
});

function select(
  Expression: string,
  more: { readonly Limit?: number; readonly NextToken?: string } = {},
  caller = account,
): Promise<SelectResourceConfigResponse> {
  const ports = {
    records,
    pageTokens: { mark: (text: string) => createHmac('sha256', 'key').update(text).digest('base64url') },
  };
  // The operation uses nothing else of its context.
  const context = {
    ports,
    caller: { account: caller },
    region: 'us-east-1',
  } as unknown as OperationContext<ConfigPorts>;
  return Promise.resolve().then(async () => {
    const input = { Expression, ...more };
    selectResourceConfig.validate?.(input);
    return selectResourceConfig.operate(input, await selectResourceConfig.resolve(input, context), context);
  });
}

async function rows(expression: string): Promise<readonly unknown[]> {
  return ((await select(expression)).Results ?? []).map((text) => JSON.parse(text) as unknown);
}

async function ids(where: string): Promise<readonly string[]> {
  const found = (await rows(`SELECT resourceId WHERE ${where}`)) as readonly {
    readonly resourceId: string;
  }[];
  return found.map(({ resourceId }) => resourceId);
}

async function fault(expression: string): Promise<{ readonly code: string; readonly message: string }> {
  const [outcome] = await Promise.allSettled([select(expression)]);
  if (outcome.status === 'fulfilled') throw new Error('it was answered');
  const { code, message } = outcome.reason as { readonly code: string; readonly message: string };
  return { code, message };
}

describe('a query', () => {
  // spec: CFG-QUERY-7
  test('answers with what was selected, nested, and names it', async () => {
    const answer = await select(
      "SELECT resourceId, configuration.size, configuration.encrypted, resourceName WHERE resourceId = 'v1'",
    );
    expect(answer.Results?.map((text) => JSON.parse(text) as unknown)).toEqual([
      { resourceId: 'v1', configuration: { size: 100, encrypted: true } },
    ]);
    expect(answer.QueryInfo?.SelectFields?.map(({ Name }) => Name)).toEqual([
      'resourceId',
      'configuration.size',
      'configuration.encrypted',
      'resourceName',
    ]);
    expect(answer.NextToken).toBeUndefined();
  });

  // spec: CFG-QUERY-7
  test('for everything answers with the scalars of the top level', async () => {
    expect(await rows("SELECT * WHERE resourceId = 'logs'")).toEqual([
      {
        accountId: account,
        awsRegion: 'us-east-1',
        arn: 'arn:aws:s3:::logs',
        availabilityZone: 'Regional',
        configurationItemCaptureTime: '2026-03-02T09:17:44.000Z',
        resourceCreationTime: '2026-03-02T09:15:04.000Z',
        resourceId: 'logs',
        resourceName: 'logs',
        resourceType: 'AWS::S3::Bucket',
        version: '1.3',
      },
    ]);
  });

  // spec: CFG-QUERY-7
  test('shows structures as a whole or the named members of each of their elements', async () => {
    expect(
      await rows(
        "SELECT tags, configuration, supplementaryConfiguration.BucketVersioningConfiguration.status WHERE resourceId = 'logs'",
      ),
    ).toEqual([
      {
        tags: [
          { key: 'team', value: 'platform', tag: 'team=platform' },
          { key: 'stage', value: 'prod', tag: 'stage=prod' },
        ],
        configuration: { name: 'logs', size: 2, owner: { id: 'x', displayName: null } },
        supplementaryConfiguration: { BucketVersioningConfiguration: { status: 'Enabled' } },
      },
    ]);
    expect(
      await rows(
        "SELECT relationships.resourceId, configuration.attachments.device, tags.key, configurationStateId WHERE resourceId = 'v2'",
      ),
    ).toEqual([
      {
        relationships: [{ resourceId: 'i-v2' }, { resourceId: 'k' }],
        configuration: { attachments: [{ device: '/dev/sda' }, { device: '/dev/sdb' }] },
        tags: [{ key: 'team' }],
        configurationStateId: String(Date.UTC(2026, 2, 2, 9, 17, 44) + 2),
      },
    ]);
  });

  // spec: CFG-QUERY-4
  test('sees what is there and recorded in its account and Region, and nothing else', async () => {
    expect(await rows('SELECT resourceId')).toEqual(
      ['v1', 'v2', 'v3', 'logs', 't1'].map((resourceId) => ({ resourceId })),
    );
    expect(await ids("resourceId = 'gone'")).toEqual([]);
    expect(await ids("resourceId = 'r'")).toEqual([]);
    expect(await ids("accountId = '444455556666'")).toEqual([]);
    expect((await select('SELECT resourceId', {}, otherAccount)).Results).toEqual([
      '{"resourceId":"theirs"}',
    ]);
  });

  // spec: CFG-QUERY-3
  test.each([
    ["resourceType = 'AWS::EC2::Volume'", ['v1', 'v2', 'v3']],
    ["resourceType IN ('AWS::S3::Bucket', 'AWS::EC2::Volume') AND configuration.size = 20", ['v2', 'v3']],
    ["resourceType = 'AWS::EC2::Volume' AND resourceType IN ('AWS::S3::Bucket')", []],
    ["resourceType = 'AWS::EC2'", []],
    ["resourceType LIKE 'AWS::%'", ['v1', 'v2', 'v3', 'logs']],
    ["resourceType LIKE 'AWS::S3::Bucke_'", ['logs']],
    ["resourceType NOT LIKE 'AWS::%'", ['t1']],
    ['configuration.encrypted = true', ['v1']],
    ["configuration.encrypted = 'true'", []],
    ['configuration.size < 100 AND configuration.size > 2', ['v2', 'v3']],
    ['configuration.size BETWEEN 3 AND 100', ['v1', 'v2', 'v3']],
    ['configuration.size NOT BETWEEN 3 AND 100', ['logs', 't1']],
    ['NOT configuration.size = 20', ['v1', 'logs', 't1']],
    ['configuration.size != 20', ['v1', 'logs', 't1']],
    ["relationships.resourceId = 'i-v1' AND relationships.resourceType = 'AWS::KMS::Key'", ['v1']],
    [
      "configuration.attachments.device = '/dev/sdb' AND NOT configuration.attachments.instance = 'i-v1'",
      ['v2', 'v3'],
    ],
    ["tags.key = 'stage' AND tags.value = 'prod' AND resourceType LIKE 'AWS%'", ['logs']],
    ["tags.tag = 'team=v3'", ['v3']],
    ["resourceId = 'v1' OR resourceId = 'v3'", ['v1', 'v3']],
    ["resourceId IN ('v1', 'logs')", ['v1', 'logs']],
    ["resourceCreationTime > '2026-03-02' AND resourceId = 'logs'", ['logs']],
    ["resourceCreationTime BETWEEN '2026-03-01T00:00' AND '2026-03-02T09:15' AND resourceId = 'logs'", []],
    ["configurationItemCaptureTime = '2026-03-02T09:17:44.001Z'", ['v1']],
    ["configurationItemCaptureTime = '2026-03-02T10:17:44.001+01:00'", ['v1']],
    ["configurationStateId = '1772443064002'", ['v2']],
    ["configurationItemStatus = 'ResourceDiscovered' AND version = '1.3' AND resourceId = 'v1'", ['v1']],
    ["version = '1.2'", []],
    ["supplementaryConfiguration.BucketVersioningConfiguration.status = 'Enabled'", ['logs', 't1']],
  ])('%s finds %j', async (where, expected) => {
    expect(await ids(where)).toEqual(expected);
  });

  // spec: CFG-QUERY-9
  test('shows no configuration of custom resources, and none is found by it', async () => {
    expect(await rows("SELECT resourceId, configuration WHERE resourceType = 'Acme::Db::Table'")).toEqual([
      { resourceId: 't1', configuration: null },
    ]);
    expect(await rows("SELECT configuration.size WHERE resourceId = 't1'")).toEqual([{}]);
    expect(await ids("resourceId = 't1' AND configuration.size = 20")).toEqual([]);
  });

  // spec: CFG-QUERY-6
  test('sorts by properties in either direction', async () => {
    expect(
      await rows(
        "SELECT resourceId WHERE resourceType = 'AWS::EC2::Volume' ORDER BY configuration.size, resourceId DESC",
      ),
    ).toEqual(['v3', 'v2', 'v1'].map((resourceId) => ({ resourceId })));
  });

  // spec: CFG-QUERY-5
  test('counts, sums and finds extremes, over all or by groups', async () => {
    expect(await rows('SELECT COUNT(*)')).toEqual([{ 'COUNT(*)': 5 }]);
    expect(await rows("SELECT count( * ) WHERE resourceType = 'AWS::EC2::Volume'")).toEqual([
      { 'COUNT(*)': 3 },
    ]);
    expect(await rows("SELECT COUNT(*) WHERE resourceType = 'AWS::None'")).toEqual([{ 'COUNT(*)': 0 }]);
    expect(
      await rows(
        "SELECT SUM(configuration.size), AVG(configuration.size), MIN(configuration.size), MAX(resourceId), COUNT(configuration.size) WHERE resourceType LIKE 'AWS::EC2%'",
      ),
    ).toEqual([
      {
        'SUM(configuration.size)': 140,
        'AVG(configuration.size)': 140 / 3,
        'MIN(configuration.size)': 20,
        'MAX(resourceId)': 'v3',
        'COUNT(configuration.size)': 3,
      },
    ]);
    expect(await rows('SELECT resourceType, COUNT(*) GROUP BY resourceType')).toEqual([
      { resourceType: 'AWS::EC2::Volume', 'COUNT(*)': 3 },
      { resourceType: 'AWS::S3::Bucket', 'COUNT(*)': 1 },
      { resourceType: 'Acme::Db::Table', 'COUNT(*)': 1 },
    ]);
    expect(
      await rows(
        'SELECT configuration.size, COUNT(*), MAX(configurationItemCaptureTime) GROUP BY configuration.size ORDER BY COUNT(*) DESC',
      ),
    ).toMatchObject([
      {
        configuration: { size: 20 },
        'COUNT(*)': 2,
        'MAX(configurationItemCaptureTime)': '2026-03-02T09:17:44.003Z',
      },
      { 'COUNT(*)': 1 },
      { 'COUNT(*)': 1 },
      { 'COUNT(*)': 1 },
    ]);
  });

  // What the index answers is what reading everything answers. spec: CFG-QUERY-5
  test.each([
    ['SELECT COUNT(*)', ''],
    ['SELECT resourceType, COUNT(*)', 'GROUP BY resourceType'],
    ['SELECT COUNT(*), resourceType', 'GROUP BY resourceType ORDER BY resourceType DESC'],
    ['SELECT resourceType', 'GROUP BY resourceType ORDER BY COUNT(*)'],
    ['SELECT resourceType, COUNT(*)', 'GROUP BY resourceType ORDER BY COUNT(*) DESC'],
  ])('%s ... %s is the same from the index as from the records', async (selected, rest) => {
    const isGrouped = rest.startsWith('GROUP');
    const all = "NOT accountId = 'x'";
    expect(await rows(isGrouped ? `${selected} ${rest}` : selected)).toEqual(
      await rows(isGrouped ? `${selected} WHERE ${all} ${rest}` : `${selected} WHERE ${all}`),
    );
  });

  // spec: CFG-QUERY-1, CFG-QUERY-2, CFG-QUERY-3, CFG-QUERY-5
  test.each([
    ['SELECT resourceId WHERE resourceType == 1', 'syntax error at line 1, column 39'],
    ['SELECT resourceid', 'unknown property resourceid at line 1, column 8'],
    [
      "SELECT resourceId WHERE relationships.name = 'x'",
      'unknown property relationships.name at line 1, column 25',
    ],
    ["SELECT resourceId WHERE tags = 'x'", 'unknown property tags at line 1, column 25'],
    ['SELECT constructor', 'unknown property constructor at line 1, column 8'],
    [
      `SELECT configuration${'.a'.repeat(40)}`,
      `unknown property configuration${'.a'.repeat(40)} at line 1, column 8`,
    ],
    [
      "SELECT resourceId WHERE resourceId LIKE 'ab%'",
      'a wildcard needs at least three characters before it at line 1, column 41',
    ],
    [
      "SELECT resourceId WHERE resourceId LIKE 'a%bcd'",
      'wildcards % and _ are supported at the end of a value only at line 1, column 41',
    ],
    [
      "SELECT resourceId WHERE resourceCreationTime > 'yesterday'",
      'a time is written 2026-03-02T09:15:04.000Z at line 1, column 48',
    ],
    ["SELECT resourceId WHERE resourceCreationTime LIKE '2026%'", 'LIKE compares texts at line 1, column 51'],
    [
      'SELECT resourceId, COUNT(*)',
      'resourceId is neither grouped by nor in an aggregate function at line 1, column 8',
    ],
    ['SELECT *, COUNT(*) GROUP BY resourceId', 'everything (*) is not grouped by at line 1, column 8'],
    [
      'SELECT COUNT(*) GROUP BY accountId, arn, version, resourceId',
      'GROUP BY takes up to 3 properties at line 1, column 51',
    ],
    [
      'SELECT COUNT(*) GROUP BY accountId, arn ORDER BY COUNT(*)',
      'ORDER BY an aggregate function takes one property in GROUP BY at line 1, column 50',
    ],
    [
      'SELECT resourceId ORDER BY COUNT(*)',
      'ORDER BY an aggregate function needs GROUP BY at line 1, column 28',
    ],
  ])('%j is refused: %s', async (expression, message) => {
    expect(await fault(expression)).toEqual({ code: 'InvalidExpressionException', message });
  });

  // spec: CFG-QUERY-8
  test('is of 1 to 4,096 characters', async () => {
    expect((await fault('')).code).toBe('ValidationException');
    const long = (length: number) => `SELECT resourceId${' '.repeat(length - 'SELECT resourceId'.length)}`;
    expect((await select(long(4096))).Results).toHaveLength(5);
    expect((await fault(long(4097))).message).toContain(
      "at 'expression' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
  });

  // spec: CFG-QUERY-8, CFG-PAGE-1
  test.each([
    'SELECT resourceId',
    'SELECT resourceId ORDER BY configuration.size DESC, resourceType',
    'SELECT resourceType, COUNT(*) GROUP BY resourceType',
    'SELECT resourceType, COUNT(*) GROUP BY resourceType ORDER BY resourceType DESC',
    'SELECT configuration.size, COUNT(*) GROUP BY configuration.size',
  ])('%s is read page by page', async (expression) => {
    const whole = (await select(expression)).Results ?? [];
    const pages: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await select(expression, { Limit: 2, ...(NextToken === undefined ? {} : { NextToken }) });
      expect(page.Results?.length).toBeLessThanOrEqual(2);
      pages.push(...(page.Results ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(pages).toEqual(whole);
    expect(new Set(pages).size).toBe(whole.length);
  });

  // spec: CFG-QUERY-8, CFG-PAGE-1
  test('goes on only with a token of its own, and has none after an order by an aggregate', async () => {
    const { NextToken } = await select('SELECT resourceId', { Limit: 1 });
    const token = NextToken ?? '';
    await expect(select('SELECT resourceId ', { NextToken: token })).rejects.toMatchObject({
      code: 'InvalidNextTokenException',
    });
    const [after = '', mark = ''] = token.split('.');
    const forged = Buffer.from(Buffer.from(after, 'base64url').toString().replace('v1', 'v2')).toString(
      'base64url',
    );
    for (const NextToken of [`${forged}.${mark}`, `${after}.`, 'x', `${after}.${mark}x`])
      await expect(select('SELECT resourceId', { NextToken })).rejects.toMatchObject({
        code: 'InvalidNextTokenException',
      });
    await expect(select('SELECT resourceId', { NextToken: token }, otherAccount)).rejects.toMatchObject({
      code: 'InvalidNextTokenException',
    });
    const ordered = await select('SELECT resourceType GROUP BY resourceType ORDER BY COUNT(*)', { Limit: 1 });
    expect([ordered.Results?.length, ordered.NextToken]).toEqual([1, undefined]);
    await expect(select('SELECT resourceId', { Limit: 101 })).rejects.toMatchObject({
      code: 'InvalidLimitException',
    });
  });
});
