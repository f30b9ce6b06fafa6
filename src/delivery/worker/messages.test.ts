import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { historyKey, oversizedKey, snapshotKey } from '../object-keys.ts';
import { endMessage, startMessage } from './messages.ts';
import type { DeliveryRecord } from './ports.ts';

interface FileCase {
  readonly name: string;
  readonly delivery: {
    readonly kind: DeliveryRecord['kind'];
    readonly account: string;
    readonly region: string;
    readonly s3BucketName: string;
    readonly configSnapshotId: string;
    readonly resourceType?: string;
    readonly resourceId?: string;
    readonly at: string;
  };
  readonly message: 'start' | 'end';
  readonly toldAt: string;
  readonly refusal?: DeliveryRecord['refusal'];
  readonly expect: {
    readonly subject: string | null;
    readonly message: { readonly configurationItemSummary?: Readonly<Record<string, unknown>> };
  };
}

const cases = JSON.parse(readFileSync('cases/config/file-messages.json', 'utf8')) as readonly FileCase[];

function recordOf({ delivery: given, expect: expected }: FileCase): DeliveryRecord {
  const { kind, account, region, s3BucketName, configSnapshotId, resourceType = '', resourceId = '' } = given;
  const atMillis = Date.parse(given.at);
  const place = { account, region, prefix: null };
  const window = { atMillis, resourceType, fromMillis: atMillis, toMillis: atMillis, part: 1 };
  const objectKey = {
    snapshot: () => snapshotKey(place, { atMillis, configSnapshotId }),
    history: () => historyKey(place, window),
    oversized: () => oversizedKey(place, { atMillis, resourceType, resourceId }),
  }[kind]();
  return {
    kind,
    partition: 'aws',
    account,
    region,
    roleArn: '',
    s3BucketName,
    s3KeyPrefix: null,
    s3KmsKeyArn: null,
    history: null,
    oversized:
      kind === 'oversized'
        ? { subject: 'about an item', summary: expected.message.configurationItemSummary ?? {} }
        : null,
    configSnapshotId,
    orderedAtMillis: atMillis,
    state: 'made',
    spooled: null,
    lease: null,
    objectKey,
    deliveredAs: null,
    refusal: null,
  };
}

describe("as AWS's pages show it:", () => {
  // spec: CFG-NOTIFY-2, CFG-NOTIFY-4, CFG-STREAM-5
  test.each(cases)('$name', (row) => {
    const record = recordOf(row);
    const at = Date.parse(row.toldAt);
    const made =
      row.message === 'start'
        ? startMessage('topic', record, at)
        : endMessage('topic', record, row.refusal ?? null, at);
    expect(made?.subject).toBe(row.expect.subject ?? 'about an item');
    // The order of the members, too.
    expect(made?.message).toBe(JSON.stringify(row.expect.message));
  });
});

describe('of a refused file', () => {
  const refusal = { code: 'AccessDenied', message: 'Access Denied' };
  const [snapshot] = cases;
  const record = { ...recordOf(snapshot ?? failed()), kind: 'snapshot' as const };

  // spec: CFG-NOTIFY-5
  it('a snapshot is told with its error, a history file is not told at all', () => {
    const told = endMessage('topic', record, refusal, 0);
    expect(told?.subject).toContain('Configuration Snapshot Delivery Failed for Account');
    expect(JSON.parse(told?.message ?? '')).toMatchObject({
      configSnapshotId: record.configSnapshotId,
      errorCode: 'AccessDenied',
      messageType: 'ConfigurationSnapshotDeliveryFailed',
    });
    expect(endMessage('topic', { ...record, kind: 'history' }, refusal, 0)).toBeNull();
    expect(startMessage('topic', { ...record, kind: 'history' }, 0)).toBeNull();
  });
});

function failed(): never {
  throw new Error('there is no case');
}
