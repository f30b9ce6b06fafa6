/**
 * How the end of a delivery, or of a message, shows in the channel's status.
 * spec: CFG-STATUS-2, CFG-STATUS-3, CFG-STATUS-4
 */
import { put, type Change, type Records, type Stored } from '../records.ts';
import {
  channelStatuses,
  placeKey,
  type ChannelStatusRecord,
  type ExportStatus,
  type Place,
  type StreamStatus,
} from './ports.ts';

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** How the topic was told; `null` in its place: it was not. */
export interface NotificationOutcome {
  readonly refusal: Refusal | null;
}

export interface DeliveryEnd {
  readonly place: Place;
  /** What was written; a single item that is too large for a message shows by its message only. */
  readonly stream: 'snapshot' | 'history' | 'oversized';
  readonly atMillis: number;
  /** What S3 said; `null`: delivered. */
  readonly refusal: Refusal | null;
  readonly notification: NotificationOutcome | null;
}

/** The changes that show it, on top of the status as it is now. They conflict if the status changes meanwhile. */
export async function statusChanges(records: Records, end: DeliveryEnd): Promise<readonly Change[]> {
  const { stored, before } = await statusOf(records, end.place);
  const exported = end.stream === 'oversized' ? {} : { [end.stream]: exportStatus(before[end.stream], end) };
  const stream =
    end.notification === null ? before.stream : streamStatus(before.stream, end.notification, end.atMillis);
  return changed(stored, end.place, { ...before, ...exported, stream });
}

/** The same for a message alone. */
export async function streamChanges(
  records: Records,
  place: Place,
  notification: NotificationOutcome,
  atMillis: number,
): Promise<readonly Change[]> {
  const { stored, before } = await statusOf(records, place);
  const stream = streamStatus(before.stream, notification, atMillis);
  return stream === before.stream ? [] : changed(stored, place, { ...before, stream });
}

async function statusOf(records: Records, place: Place) {
  const stored = await records.get(channelStatuses, placeKey(place));
  const none: ChannelStatusRecord = { snapshot: null, history: null, stream: null };
  return { stored, before: stored?.value ?? none };
}

function changed(
  stored: Stored<ChannelStatusRecord> | null,
  place: Place,
  next: ChannelStatusRecord,
): readonly Change[] {
  return [put(channelStatuses, placeKey(place), next, { ifRevision: stored?.revision ?? 0 })];
}

/** A history file that the topic could not be told of counts as failed. spec: CFG-STATUS-4 */
function exportStatus(before: ExportStatus | null, end: DeliveryEnd): ExportStatus {
  const { atMillis, stream, notification } = end;
  const untold = stream === 'history' ? (notification?.refusal ?? null) : null;
  const refusal = end.refusal ?? untold;
  return {
    lastStatus: refusal === null ? 'SUCCESS' : 'FAILURE',
    lastErrorCode: refusal?.code ?? null,
    lastErrorMessage:
      end.refusal !== null ? failureText(end.refusal) : untold !== null ? untoldText(untold) : null,
    lastAttemptAtMillis: atMillis,
    lastSuccessAtMillis: refusal === null ? atMillis : (before?.lastSuccessAtMillis ?? null),
  };
}

/** As it was, if nothing changed: its time is that of the last change. spec: CFG-NOTIFY-3 */
function streamStatus(
  before: StreamStatus | null,
  { refusal }: NotificationOutcome,
  atMillis: number,
): StreamStatus {
  const lastStatus = refusal === null ? 'SUCCESS' : 'FAILURE';
  const lastErrorCode = refusal?.code ?? null;
  const lastErrorMessage = refusal === null ? null : untoldText(refusal);
  const isSame = before?.lastStatus === lastStatus && before.lastErrorMessage === lastErrorMessage;
  return isSame
    ? before
    : { lastStatus, lastErrorCode, lastErrorMessage, lastStatusChangeAtMillis: atMillis };
}

function untoldText({ message }: Refusal): string {
  return `An exception occurred while trying to deliver data to your Amazon SNS topic. ${message}`;
}

function failureText({ code, message }: Refusal): string {
  const reason =
    code === 'AccessDenied'
      ? 'Access Denied.'
      : code === 'NoSuchBucket'
        ? 'The specified Bucket does not exist.'
        : message;
  return `An exception occurred while trying to deliver data to your Amazon S3 bucket. ${reason}`;
}
