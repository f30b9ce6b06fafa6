/**
 * Orders the file of an item that is too large for a message. The topic is told when it is written.
 * spec: CFG-STREAM-5
 */
import { gzipSync } from 'node:zlib';
import { put, type Change, type Records } from '../../services/records.ts';
import { oversizedKey } from '../object-keys.ts';
import { deliveries, deliveryBodies, type ChannelFacts, type DeliveryRecord } from './ports.ts';

export interface OversizedFileOrder extends ChannelFacts {
  readonly configSnapshotId: string;
  readonly orderedAtMillis: number;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly capturedAtMillis: number;
  readonly subject: string;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export async function oversizedOrder(
  records: Records,
  order: OversizedFileOrder,
): Promise<readonly Change[]> {
  const { partition, account, region, roleArn, s3BucketName, s3KeyPrefix, s3KmsKeyArn } = order;
  const { resourceType, resourceId, capturedAtMillis: atMillis } = order;
  // Two items of a resource within one second: the second file has the next number.
  for (let part = 0; ; part++) {
    const key = `${account}/${region}/oversized/${resourceType}/${Math.floor(atMillis / 1000)}/${part}/${resourceId}`;
    if ((await records.get(deliveries, key)) !== null) continue;
    const delivery: DeliveryRecord = {
      partition,
      account,
      region,
      roleArn,
      s3BucketName,
      s3KeyPrefix,
      s3KmsKeyArn,
      kind: 'oversized',
      history: null,
      oversized: { subject: order.subject, summary: order.summary },
      configSnapshotId: order.configSnapshotId,
      orderedAtMillis: order.orderedAtMillis,
      state: 'made',
      spooled: null,
      lease: null,
      objectKey: oversizedKey(
        { account, region, prefix: s3KeyPrefix },
        { atMillis, resourceType, resourceId, part },
      ),
      deliveredAs: null,
      refusal: null,
    };
    return [
      put(deliveries, key, delivery, { ifRevision: 0 }),
      put(deliveryBodies, key, {}, { body: gzipSync(order.text) }),
    ];
  }
}
