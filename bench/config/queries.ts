import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { selectResourceConfig } from '../../src/services/config/operations/select-resource-config.ts';
import { resourceKey, resources, type ConfigPorts } from '../../src/services/config/ports.ts';
import type { OperationContext } from '../../src/services/operation.ts';
import { put } from '../../src/services/records.ts';
import { openSqlite } from '../../src/stores/sqlite/sqlite-records.ts';
import { measure, row } from '../measure.ts';
import { sampleItem, samplePlace } from './sample-item.ts';

const rounds = 7;
const resourceCount = Number(process.env['BENCH_RESOURCES'] ?? 1_000_000);
const batchCount = 5_000;

/** The key leads to the rows, or the index has the answer. */
const indexed = {
  'by type, first page': "SELECT resourceId, tags WHERE resourceType = 'AWS::S3::Bucket'",
  'by type and configuration, first page':
    "SELECT resourceId WHERE resourceType = 'AWS::S3::Bucket' AND configuration.state.value = 'available'",
  'by type and an array, first page':
    "SELECT resourceId WHERE resourceType = 'AWS::EC2::Volume' AND configuration.rules.protocol = 'udp'",
  'by type and tag, first page':
    "SELECT resourceId WHERE resourceType = 'AWS::EC2::Volume' AND tags.tag = 'team=team-17'",
  'by two types, first page':
    "SELECT resourceId WHERE resourceType IN ('AWS::S3::Bucket', 'AWS::EC2::Volume')",
  'by type and ID': `SELECT * WHERE resourceType = '${sampleItem(0).resourceType}' AND resourceId = '${sampleItem(0).resourceId}'`,
  'by ID alone': `SELECT * WHERE resourceId = '${sampleItem(4711).resourceId}'`,
  'by no condition, first page': 'SELECT resourceId',
  'count of a type': "SELECT COUNT(*) WHERE resourceType = 'AWS::S3::Bucket'",
  'counts of all types': 'SELECT resourceType, COUNT(*) GROUP BY resourceType',
};

/** Every configuration of what is in the scope has to be read. */
const scanning = {
  'a type of a hundredth, sorted':
    "SELECT resourceId WHERE resourceType = 'AWS::KMS::Key' ORDER BY configuration.size DESC",
  'a type of a hundredth, grouped':
    "SELECT configuration.state.value, COUNT(*), SUM(configuration.size) WHERE resourceType = 'AWS::KMS::Key' GROUP BY configuration.state.value",
  'everything, grouped': 'SELECT tags.value, COUNT(*) GROUP BY tags.value',
  'everything, nothing found': "SELECT resourceId WHERE configuration.state.value = 'lost'",
};

/** SelectResourceConfig over 1,000,000 resources of one account and Region. Aim: 50 ms where an index serves. */
export async function queries(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-bench-'));
  try {
    await fill(folder);
    const baseline = await bareRead(folder);
    console.log(row('SQLite alone, 26 rows by their keys', baseline, 'ms'));
    await using records = await openSqlite(folder);
    const ports = { records, pageTokens: { mark: () => 'mark' } };
    // The operation uses nothing else of its context.
    const context = { ports, caller: { account: samplePlace.account }, region: samplePlace.region };
    const ask = async (Expression: string): Promise<number> => {
      const startedAt = performance.now();
      const input = { Expression };
      selectResourceConfig.validate?.(input);
      const asContext = context as unknown as OperationContext<ConfigPorts>;
      await selectResourceConfig.operate(
        input,
        await selectResourceConfig.resolve(input, asContext),
        asContext,
      );
      return performance.now() - startedAt;
    };
    for (const [name, expression] of Object.entries(indexed))
      console.log(row(name, await measure(rounds, () => ask(expression)), 'ms', baseline));
    for (const [name, expression] of Object.entries(scanning))
      console.log(row(`reads it all: ${name}`, await measure(1, () => ask(expression)), 'ms', baseline));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Newest items alone: queries see no others. In the order of their keys, which stores them fastest. */
async function fill(folder: string): Promise<void> {
  await using records = await openSqlite(folder);
  const startedAt = performance.now();
  const keyOf = (n: number): string => {
    const { resourceType, resourceId } = sampleItem(n);
    return resourceKey(samplePlace, resourceType, resourceId);
  };
  const sorted = Array.from({ length: resourceCount }, (_, n) => ({ n, key: keyOf(n) }));
  sorted.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (let from = 0; from < resourceCount; from += batchCount) {
    const changes = sorted.slice(from, from + batchCount).map(({ n, key }) => {
      const item = sampleItem(n);
      const { resourceType, resourceId } = item;
      return put(resources, key, { ...samplePlace, resourceType, resourceId, isDeleted: false, item });
    });
    await records.commit(changes);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${String(resourceCount)} resources stored in ${seconds.toFixed(0)} s`);
}

/** What a page costs at least: its rows found by a range of keys, handed over as text. */
async function bareRead(
  folder: string,
): Promise<{ readonly median: number; readonly min: number; readonly max: number }> {
  const database = new DatabaseSync(join(folder, 'records.sqlite'), { readOnly: true });
  try {
    const read = database.prepare(
      'SELECT key, value FROM records WHERE collection = ? AND key >= ? ORDER BY key LIMIT 26',
    );
    const from = resourceKey(samplePlace, 'AWS::S3::Bucket', '');
    return await measure(rounds, () => {
      const startedAt = performance.now();
      read.all(resources.name, from);
      return performance.now() - startedAt;
    });
  } finally {
    database.close();
  }
}
