/**
 * What the channel's topic is told of an item: the item and what changed, or where SNS would not take so much, a
 * summary and the file in which the whole stands.
 * spec: CFG-STREAM-2, CFG-STREAM-5
 */
import { noticeItem } from './configuration-item.ts';
import { changeTypeOf, itemDifference } from './item-difference.ts';
import type { ItemRecord } from './ports.ts';

/** SNS takes messages of up to 256 KiB. */
export const messageMaxBytes = 262_144;

export interface ChangeMessage {
  readonly subject: string;
  readonly message: string;
}

export function changeMessage(before: ItemRecord | null, item: ItemRecord, nowMillis: number): ChangeMessage {
  return {
    subject: changeSubject(before, item),
    message: JSON.stringify({
      configurationItemDiff: itemDifference(before, item),
      configurationItem: noticeItem(item),
      notificationCreationTime: new Date(nowMillis).toISOString(),
      messageType: 'ConfigurationItemChangeNotification',
      recordVersion: '1.3',
    }),
  };
}

/** What stands in a notification whose item stands in a file. */
export function itemSummary(before: ItemRecord | null, item: ItemRecord): Readonly<Record<string, unknown>> {
  const members = noticeItem(item);
  const names = [
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
  ];
  return {
    changeType: changeTypeOf(before, item),
    ...Object.fromEntries(names.map((name) => [name, members[name]])),
  };
}

const subjectMaxLength = 100;
const verbs = { CREATE: 'Created', UPDATE: 'Updated', DELETE: 'Deleted' } as const;

/** SNS takes a hundred printable characters; a longer ID is cut. */
export function changeSubject(before: ItemRecord | null, item: ItemRecord): string {
  const start = `[AWS Config:${item.region}] ${item.resourceType} `;
  const end = ` ${verbs[changeTypeOf(before, item)]} in Account ${item.account}`;
  const id = item.resourceId.replaceAll(/[^\x20-\x7e]/g, '?');
  const roomLength = subjectMaxLength - start.length - end.length;
  const shown = id.length <= roomLength ? id : `${id.slice(0, Math.max(0, roomLength - 3))}...`;
  return `${start}${shown}${end}`.slice(0, subjectMaxLength);
}
