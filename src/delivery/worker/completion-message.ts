/**
 * What AWS Config tells a topic when a file is delivered.
 * spec: CFG-NOTIFY-2
 */
import type { DeliveryRecord, MessageToPublish } from './ports.ts';

const kinds = {
  snapshot: { messageType: 'ConfigurationSnapshotDeliveryCompleted', words: 'Configuration Snapshot' },
  history: { messageType: 'ConfigurationHistoryDeliveryCompleted', words: 'Configuration History' },
} as const;

export function completionMessage(
  topicArn: string,
  delivery: DeliveryRecord,
  nowMillis: number,
): MessageToPublish {
  const { messageType, words } = kinds[delivery.kind];
  return {
    topicArn,
    subject: `[AWS Config:${delivery.region}] ${words} Delivery Completed for Account ${delivery.account}`,
    message: JSON.stringify({
      ...(delivery.kind === 'snapshot' ? { configSnapshotId: delivery.configSnapshotId } : {}),
      s3ObjectKey: delivery.objectKey,
      s3Bucket: delivery.s3BucketName,
      notificationCreationTime: new Date(nowMillis).toISOString(),
      messageType,
      recordVersion: '1.1',
    }),
  };
}
