/**
 * What AWS Config tells a topic of a file: that a snapshot begins, and how a delivery ended.
 * spec: CFG-NOTIFY-2, CFG-NOTIFY-4, CFG-NOTIFY-5, CFG-STREAM-5
 */
import type { DeliveryRecord, MessageToPublish } from './ports.ts';

/** Before the snapshot is made. `null`: of other files nothing is said before. */
export function startMessage(
  topicArn: string,
  delivery: DeliveryRecord,
  nowMillis: number,
): MessageToPublish | null {
  if (delivery.kind !== 'snapshot') return null;
  return {
    topicArn,
    subject: subjectOf(delivery, 'Configuration Snapshot Delivery Started'),
    message: JSON.stringify({
      configSnapshotId: delivery.configSnapshotId,
      ...closing(nowMillis, 'ConfigurationSnapshotDeliveryStarted', '1.1'),
    }),
  };
}

/** After the file was written or refused. `null`: AWS Config says nothing of a refused history file. */
export function endMessage(
  topicArn: string,
  delivery: DeliveryRecord,
  refusal: DeliveryRecord['refusal'],
  nowMillis: number,
): MessageToPublish | null {
  const { configSnapshotId, objectKey: s3ObjectKey, s3BucketName: s3Bucket } = delivery;
  switch (delivery.kind) {
    case 'history':
      if (refusal !== null) return null;
      return {
        topicArn,
        subject: subjectOf(delivery, 'Configuration History Delivery Completed'),
        message: JSON.stringify({
          s3ObjectKey,
          s3Bucket,
          ...closing(nowMillis, 'ConfigurationHistoryDeliveryCompleted', '1.1'),
        }),
      };
    case 'snapshot': {
      const isWritten = refusal === null;
      const file = isWritten
        ? { s3ObjectKey, s3Bucket }
        : { s3Bucket, errorCode: refusal.code, errorMessage: refusal.message };
      const end = isWritten ? 'Completed' : 'Failed';
      return {
        topicArn,
        subject: subjectOf(delivery, `Configuration Snapshot Delivery ${end}`),
        message: JSON.stringify({
          configSnapshotId,
          ...file,
          ...closing(nowMillis, `ConfigurationSnapshotDelivery${end}`, '1.1'),
        }),
      };
    }
    case 'oversized':
      return oversizedMessage(topicArn, delivery, refusal, nowMillis);
  }
}

function oversizedMessage(
  topicArn: string,
  delivery: DeliveryRecord,
  refusal: DeliveryRecord['refusal'],
  nowMillis: number,
): MessageToPublish {
  const { s3BucketName: bucket, account, region, oversized } = delivery;
  const s3DeliverySummary =
    refusal === null
      ? { s3BucketLocation: `${bucket}/${delivery.objectKey}`, errorCode: null, errorMessage: null }
      : {
          s3BucketLocation: null,
          errorCode: refusal.code,
          errorMessage: `Failed to deliver notification to bucket: ${bucket} for account ${account} in region ${region}.`,
        };
  const messageType =
    refusal === null
      ? 'OversizedConfigurationItemChangeNotification'
      : 'OversizedConfigurationItemChangeDeliveryFailed';
  return {
    topicArn,
    subject: oversized?.subject ?? '',
    message: JSON.stringify({
      configurationItemSummary: oversized?.summary ?? null,
      s3DeliverySummary,
      ...closing(nowMillis, messageType, '1.0'),
    }),
  };
}

function subjectOf({ region, account }: DeliveryRecord, what: string): string {
  return `[AWS Config:${region}] ${what} for Account ${account}`;
}

function closing(nowMillis: number, messageType: string, recordVersion: string): object {
  return { notificationCreationTime: new Date(nowMillis).toISOString(), messageType, recordVersion };
}
