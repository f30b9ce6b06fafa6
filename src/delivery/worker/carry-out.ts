/**
 * Carries one delivery out. Whenever the process dies, the next one goes on where it stands: the bytes are made once
 * and kept until they are written, the object's key stands in the order, and only the holder of the newest lease can
 * end it.
 * spec: CFG-DELIVERY-1, CFG-DELIVERY-2
 */
import { gzipSync } from 'node:zlib';
import { put, remove, type Stored } from '../../services/records.ts';
import { tryBoth, type AttemptResult } from './attempt.ts';
import { completionMessage } from './completion-message.ts';
import { notify } from './notify.ts';
import { planned } from './planned-requests.ts';
import {
  deliveries,
  deliveryBodies,
  type DeliveryRecord,
  type NotificationEnd,
  type WorkerPorts,
} from './ports.ts';

/** Longer than any delivery takes; after it another worker may try. */
export const leaseSeconds = 60;

/** Ends when the delivery has ended, or somebody else is at it. @throws what keeps it from ending now; it stays due */
export async function carryOut(key: string, ports: WorkerPorts): Promise<void> {
  const claimed = await claim(key, ports);
  if (claimed === null) return;
  const made = claimed.value.state === 'ordered' ? await makeBody(claimed, ports) : claimed;
  if (made === null) return;
  const body = await ports.records.get(deliveryBodies, key);
  if (body?.body == null) return;

  const delivery = made.value;
  const result = await tryBoth(ports.doors, {
    phase: 'delivery',
    file: delivery.kind,
    delivery: planned(delivery, {
      atMillis: delivery.orderedAtMillis,
      configSnapshotId: delivery.configSnapshotId,
    }),
    objectKey: delivery.objectKey,
    content: { body: body.body, encoding: { contentType: 'application/json', contentEncoding: 'gzip' } },
  });
  const notification = result.outcome === 'allowed' ? await tellTopic(delivery, ports) : null;
  await end(made, { result, notification }, ports);
}

/** Before the delivery ends: after a crash the message may come twice, but it is never lost. spec: CFG-NOTIFY-1 */
async function tellTopic(delivery: DeliveryRecord, ports: WorkerPorts): Promise<NotificationEnd | null> {
  const topicArn = await ports.topicArn(delivery);
  if (topicArn === null) return null;
  const message = completionMessage(topicArn, delivery, ports.nowMillis());
  const told = await notify(ports.doors, delivery, message);
  if (told.outcome === 'allowed') return { refusal: null };
  return { refusal: { code: told.refused.code, message: told.refused.message } };
}

/** The record under this worker's lease, or `null`: it has ended, or another's lease runs. */
async function claim(key: string, ports: WorkerPorts): Promise<Stored<DeliveryRecord> | null> {
  const stored = await ports.records.get(deliveries, key);
  if (stored === null || stored.value.state === 'delivered' || stored.value.state === 'refused') return null;
  const nowMillis = ports.nowMillis();
  const { lease } = stored.value;
  if (lease !== null && lease.owner !== ports.owner && lease.untilMillis > nowMillis) return null;
  return advance(
    stored,
    { ...stored.value, lease: { owner: ports.owner, untilMillis: nowMillis + leaseSeconds * 1000 } },
    ports,
  );
}

async function makeBody(
  claimed: Stored<DeliveryRecord>,
  ports: WorkerPorts,
): Promise<Stored<DeliveryRecord> | null> {
  const body = gzipSync(await ports.snapshotText(claimed.value));
  const made = { ...claimed.value, state: 'made' as const };
  const committed = await ports.records.commit([
    put(deliveries, claimed.key, made, { ifRevision: claimed.revision }),
    put(deliveryBodies, claimed.key, {}, { body }),
  ]);
  return committed === 'committed' ? { ...claimed, value: made, revision: claimed.revision + 1 } : null;
}

/** How often the channel's status may change under an ending before something is wrong. */
const endingsMax = 20;

/** Ends the delivery and shows it in the channel's status, both or neither. */
async function end(
  made: Stored<DeliveryRecord>,
  { result, notification }: { readonly result: AttemptResult; readonly notification: NotificationEnd | null },
  ports: WorkerPorts,
): Promise<void> {
  const ended: DeliveryRecord = {
    ...made.value,
    state: result.outcome === 'allowed' ? 'delivered' : 'refused',
    lease: null,
    deliveredAs: result.outcome === 'allowed' ? result.identity : null,
    refusal:
      result.outcome === 'allowed' ? null : { code: result.refused.code, message: result.refused.message },
  };
  for (let tries = 0; tries < endingsMax; tries++) {
    const committed = await ports.records.commit([
      put(deliveries, made.key, ended, { ifRevision: made.revision }),
      ...(ended.kind === 'history' && ended.state === 'refused' ? [] : [remove(deliveryBodies, made.key)]),
      ...(await ports.statusChanges(ended, ports.nowMillis(), notification)),
    ]);
    if (committed === 'committed') return;
    // Fenced off: another worker has the delivery. Otherwise only the status was newer.
    if ((await ports.records.get(deliveries, made.key))?.revision !== made.revision) return;
  }
  throw new Error(`the status of the channel of ${made.key} changes all the time`);
}

async function advance(
  stored: Stored<DeliveryRecord>,
  value: DeliveryRecord,
  ports: WorkerPorts,
): Promise<Stored<DeliveryRecord> | null> {
  const change = put(deliveries, stored.key, value, { ifRevision: stored.revision });
  if ((await ports.records.commit([change])) === 'conflict') return null;
  return { ...stored, value, revision: stored.revision + 1 };
}
