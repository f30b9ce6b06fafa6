/**
 * How a recorder gets on: AWS Config describes resources as the recorder's role, so that it fails where it cannot
 * assume it. Looked at when a recorder begins or is changed, and whenever its history is due.
 * spec: CFG-STATUS-5
 */
import { put } from '../records.ts';
import { placeKey, recorders, type ConfigPorts, type Place, type RecorderRecord } from './ports.ts';

/** Stores what is new about it; another change of the recorder at the same time goes first. */
export async function noteRecorderStatus(
  { records, recorderRole }: Pick<ConfigPorts, 'records' | 'recorderRole'>,
  of: Place & { readonly partition: string },
  nowMillis: number,
): Promise<void> {
  const stored = await records.get(recorders, placeKey(of));
  if (stored?.value.isRecording !== true) return;
  const { account, region, partition } = of;
  const { roleARN: roleArn } = stored.value;
  const refusal = await recorderRole.refusal({ account, region, partition, roleArn });
  const lastStatus = refusal === null ? 'SUCCESS' : 'FAILURE';
  const lastError =
    refusal === null ? null : { code: refusal.code, message: `Unable to assume role: ${roleArn}` };
  if (stored.value.lastStatus === lastStatus && stored.value.lastError?.message === lastError?.message)
    return;
  const next: RecorderRecord = {
    ...stored.value,
    lastStatus,
    lastError,
    lastStatusChangeAtMillis: nowMillis,
  };
  await records.commit([put(recorders, stored.key, next, { ifRevision: stored.revision })]);
}
