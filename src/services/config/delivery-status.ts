/**
 * How the end of a delivery shows in the channel's status.
 * spec: CFG-STATUS-2, CFG-STATUS-3
 */
import { put, type Change, type Records } from '../records.ts';
import {
  channelStatuses,
  placeKey,
  type ChannelStatusRecord,
  type ExportStatus,
  type Place,
  type StreamStatus,
} from './ports.ts';

export interface DeliveryEnd {
  readonly place: Place;
  readonly stream: 'snapshot' | 'history';
  readonly atMillis: number;
  /** What S3 said; `null`: delivered. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
  /** How the topic was told; `null`: it was not. */
  readonly notification: {
    readonly refusal: { readonly code: string; readonly message: string } | null;
  } | null;
}

/** The changes that show it, on top of the status as it is now. They conflict if the status changes meanwhile. */
export async function statusChanges(records: Records, end: DeliveryEnd): Promise<readonly Change[]> {
  const key = placeKey(end.place);
  const stored = await records.get(channelStatuses, key);
  const before: ChannelStatusRecord = stored?.value ?? { snapshot: null, history: null, stream: null };
  const next: ChannelStatusRecord = {
    ...before,
    [end.stream]: exportStatus(before[end.stream], end),
    stream: end.notification === null ? before.stream : streamStatus(end.notification, end.atMillis),
  };
  return [put(channelStatuses, key, next, { ifRevision: stored?.revision ?? 0 })];
}

function exportStatus(before: ExportStatus | null, { atMillis, refusal }: DeliveryEnd): ExportStatus {
  return {
    lastStatus: refusal === null ? 'SUCCESS' : 'FAILURE',
    lastErrorCode: refusal?.code ?? null,
    lastErrorMessage: refusal === null ? null : failureText(refusal),
    lastAttemptAtMillis: atMillis,
    lastSuccessAtMillis: refusal === null ? atMillis : (before?.lastSuccessAtMillis ?? null),
  };
}

/** spec: CFG-NOTIFY-3 */
function streamStatus({ refusal }: NonNullable<DeliveryEnd['notification']>, atMillis: number): StreamStatus {
  return {
    lastStatus: refusal === null ? 'SUCCESS' : 'FAILURE',
    lastErrorCode: refusal?.code ?? null,
    lastErrorMessage:
      refusal === null
        ? null
        : `An exception occurred while trying to deliver data to your Amazon SNS topic. ${refusal.message}`,
    lastStatusChangeAtMillis: atMillis,
  };
}

function failureText({ code, message }: { readonly code: string; readonly message: string }): string {
  const reason =
    code === 'AccessDenied'
      ? 'Access Denied.'
      : code === 'NoSuchBucket'
        ? 'The specified Bucket does not exist.'
        : message;
  return `An exception occurred while trying to deliver data to your Amazon S3 bucket. ${reason}`;
}
