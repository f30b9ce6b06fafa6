import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parseAccountId } from '../../aws/account-id.ts';
import { changeMessage, changeSubject, itemSummary } from './change-message.ts';
import { itemDifference } from './item-difference.ts';
import type { ItemRecord } from './ports.ts';

type GivenItem = Omit<ItemRecord, 'capturedAtMillis' | 'resourceCreatedAtMillis'> & {
  readonly capturedAt: string;
  readonly resourceCreatedAt: string | null;
};

interface MessageCase {
  readonly name: string;
  readonly before: GivenItem | null;
  readonly item: GivenItem;
  readonly toldAt: string;
  readonly expect: { readonly subject: string; readonly difference: object; readonly item: object };
}

const cases = JSON.parse(readFileSync('cases/config/change-messages.json', 'utf8')) as readonly MessageCase[];

function itemOf({ capturedAt, resourceCreatedAt, ...others }: GivenItem): ItemRecord {
  return {
    ...others,
    capturedAtMillis: Date.parse(capturedAt),
    resourceCreatedAtMillis: resourceCreatedAt === null ? null : Date.parse(resourceCreatedAt),
  };
}

const account = parseAccountId('111122223333') ?? failed();
function failed(): never {
  throw new Error('not an account ID');
}

function bucket(more: Partial<ItemRecord> = {}): ItemRecord {
  return {
    account,
    region: 'us-east-1',
    awsRegion: 'us-east-1',
    capturedAtMillis: Date.UTC(2026, 8, 7),
    status: 'OK',
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'b',
    resourceName: 'b',
    arn: 'arn:aws:s3:::b',
    availabilityZone: 'Regional',
    resourceCreatedAtMillis: null,
    tags: {},
    relationships: [],
    configuration: { name: 'b' },
    supplementaryConfiguration: {},
    ...more,
  };
}

describe("a notification as AWS's pages show it:", () => {
  // spec: CFG-STREAM-2, CFG-STREAM-3
  test.each(cases)('$name', ({ before, item, toldAt, expect: expected }) => {
    const made = changeMessage(before === null ? null : itemOf(before), itemOf(item), Date.parse(toldAt));
    expect(made.subject).toBe(expected.subject);
    const message = JSON.parse(made.message) as Record<string, unknown>;
    expect(Object.keys(message)).toEqual([
      'configurationItemDiff',
      'configurationItem',
      'notificationCreationTime',
      'messageType',
      'recordVersion',
    ]);
    expect(message).toEqual({
      configurationItemDiff: expected.difference,
      configurationItem: expected.item,
      notificationCreationTime: toldAt,
      messageType: 'ConfigurationItemChangeNotification',
      recordVersion: '1.3',
    });
    // People compare items as text: the order counts.
    expect(JSON.stringify(message['configurationItem'])).toBe(JSON.stringify(expected.item));
  });
});

describe('the difference', () => {
  // spec: CFG-STREAM-3
  it('of a deleted resource names what it was', () => {
    const gone = bucket({ status: 'ResourceDeleted', configuration: null, tags: {} });
    expect(itemDifference(bucket({ tags: { team: 'a' } }), gone)).toEqual({
      changedProperties: {
        Configuration: { previousValue: { name: 'b' }, updatedValue: null, changeType: 'DELETE' },
        'Tags.team': { previousValue: 'a', updatedValue: null, changeType: 'DELETE' },
      },
      changeType: 'DELETE',
    });
  });

  // spec: CFG-STREAM-3
  it('goes as deep as the change, whatever documents hold', () => {
    const versioning = (status: string) => ({
      BucketVersioningConfiguration: { status, isMfaDeleteEnabled: null },
    });
    const { changedProperties } = itemDifference(
      bucket({ supplementaryConfiguration: versioning('Off') }),
      bucket({ supplementaryConfiguration: { ...versioning('Enabled'), AccessControlList: '{}' } }),
    );
    expect(changedProperties).toEqual({
      'SupplementaryConfiguration.BucketVersioningConfiguration.Status': {
        previousValue: 'Off',
        updatedValue: 'Enabled',
        changeType: 'UPDATE',
      },
      'SupplementaryConfiguration.AccessControlList': {
        previousValue: null,
        updatedValue: '{}',
        changeType: 'CREATE',
      },
    });
  });

  it('of a list in another order is the list', () => {
    const { changedProperties } = itemDifference(
      bucket({ configuration: { list: [1, 2] } }),
      bucket({ configuration: { list: [2, 1] } }),
    );
    expect(Object.keys(changedProperties)).toEqual(['Configuration.List']);
  });
});

describe('the subject', () => {
  // spec: CFG-STREAM-2
  it('is no longer than SNS takes, and of characters that SNS takes', () => {
    for (const resourceId of ['x'.repeat(768), 'größe\n', 'y'])
      expect(changeSubject(null, bucket({ resourceId }))).toMatch(/^[\x20-\x7e]{1,100}$/);
    expect(changeSubject(null, bucket({ resourceId: 'x'.repeat(768) }))).toMatch(
      /x\.\.\. Created in Account 111122223333$/,
    );
  });
});

// spec: CFG-STREAM-5
it('a summary has the members that name an item, nulls included, and no document', () => {
  expect(Object.keys(itemSummary(bucket(), bucket()))).toEqual([
    'changeType',
    'configurationItemVersion',
    'configurationItemCaptureTime',
    'configurationStateId',
    'awsAccountId',
    'configurationItemStatus',
    'resourceType',
    'resourceId',
    'resourceName',
    'ARN',
    'awsRegion',
    'availabilityZone',
    'configurationStateMd5Hash',
    'resourceCreationTime',
  ]);
});
