/** Orders a snapshot: the change that a cause commits together with itself. */
import { put, type Change } from '../../services/records.ts';
import { snapshotKey } from '../object-keys.ts';
import { deliveries, deliveryKey, type ChannelFacts, type DeliveryRecord } from './ports.ts';

export function snapshotOrder(
  order: ChannelFacts & { readonly configSnapshotId: string; readonly orderedAtMillis: number },
): readonly Change[] {
  const { account, region, s3KeyPrefix: prefix, orderedAtMillis: atMillis, configSnapshotId } = order;
  const delivery: DeliveryRecord = {
    partition: order.partition,
    account,
    region,
    roleArn: order.roleArn,
    s3BucketName: order.s3BucketName,
    s3KeyPrefix: prefix,
    s3KmsKeyArn: order.s3KmsKeyArn,
    kind: 'snapshot',
    history: null,
    oversized: null,
    configSnapshotId,
    orderedAtMillis: atMillis,
    state: 'ordered',
    spooled: null,
    lease: null,
    objectKey: snapshotKey({ account, region, prefix }, { atMillis, configSnapshotId }),
    deliveredAs: null,
    refusal: null,
  };
  return [put(deliveries, deliveryKey(delivery), delivery, { ifRevision: 0 })];
}
