/**
 * Orders a history file: its bytes are made and stored together with its order, in the commit that takes its items
 * out of the queue. So each item is in exactly one file, whenever the process dies.
 * spec: CFG-CLOCK-2
 */
import { gzipSync } from 'node:zlib';
import { put, type Change, type Records } from '../../services/records.ts';
import { historyKey } from '../object-keys.ts';
import { deliveries, deliveryBodies, type ChannelFacts, type DeliveryRecord } from './ports.ts';

export interface HistoryFileOrder extends ChannelFacts {
  readonly configSnapshotId: string;
  readonly orderedAtMillis: number;
  readonly resourceType: string;
  readonly newestMillis: number;
  /** The first number that is free from here on is taken: two windows may end within one second. */
  readonly part: number;
  readonly text: string;
}

export async function historyOrder(records: Records, order: HistoryFileOrder): Promise<readonly Change[]> {
  for (let { part } = order; ; part++) {
    const history = { resourceType: order.resourceType, newestMillis: order.newestMillis, part };
    const key = historyDeliveryKey(order, history);
    if ((await records.get(deliveries, key)) !== null) continue;
    const { partition, account, region, roleArn, s3BucketName, s3KeyPrefix, s3KmsKeyArn } = order;
    const delivery: DeliveryRecord = {
      partition,
      account,
      region,
      roleArn,
      s3BucketName,
      s3KeyPrefix,
      s3KmsKeyArn,
      kind: 'history',
      history,
      oversized: null,
      configSnapshotId: order.configSnapshotId,
      orderedAtMillis: order.orderedAtMillis,
      state: 'made',
      spooled: null,
      lease: null,
      objectKey: historyObjectKey(order, history),
      deliveredAs: null,
      refusal: null,
    };
    return [
      put(deliveries, key, delivery, { ifRevision: 0 }),
      put(deliveryBodies, key, {}, { body: gzipSync(order.text) }),
    ];
  }
}

/**
 * Refused history files of a place become due again, for the channel as it is now: a refusal wrote nothing, so a new
 * bucket or prefix makes no second file.
 * spec: CFG-RETRY-1
 */
export async function retryOrder(records: Records, channel: ChannelFacts): Promise<readonly Change[]> {
  const place = `${channel.account}/${channel.region}`;
  const refused = await records.find(deliveries, 'retried', place, { limit: Infinity });
  const { partition, account, region, roleArn, s3BucketName, s3KeyPrefix, s3KmsKeyArn } = channel;
  return refused.map(({ key, value, revision }) => {
    const { history } = value;
    const again: DeliveryRecord = {
      ...value,
      partition,
      account,
      region,
      roleArn,
      s3BucketName,
      s3KeyPrefix,
      s3KmsKeyArn,
      state: 'made',
      objectKey: history === null ? value.objectKey : historyObjectKey(channel, history),
    };
    return put(deliveries, key, again, { ifRevision: revision });
  });
}

type HistoryFile = NonNullable<DeliveryRecord['history']>;

function historyDeliveryKey({ account, region }: ChannelFacts, file: HistoryFile): string {
  const second = Math.floor(file.newestMillis / 1000);
  return `${account}/${region}/history/${file.resourceType}/${second}/${file.part}`;
}

function historyObjectKey({ account, region, s3KeyPrefix: prefix }: ChannelFacts, file: HistoryFile): string {
  const { resourceType, newestMillis: atMillis, part } = file;
  return historyKey(
    { account, region, prefix },
    { atMillis, resourceType, fromMillis: atMillis, toMillis: atMillis, part },
  );
}
