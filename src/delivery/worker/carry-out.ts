/**
 * Carries one delivery out. Whenever the process dies, the next one goes on where it stands: the bytes are made once
 * and kept until they are written, the object's key stands in the order, and only the holder of the newest lease can
 * end it.
 * spec: CFG-DELIVERY-1, CFG-DELIVERY-2
 */
import { put, remove, type Stored } from '../../services/records.ts';
import { tryBoth, type AttemptResult } from './attempt.ts';
import { keptContent, makeContent } from './file-content.ts';
import { endMessage, startMessage } from './messages.ts';
import { notifyOnce } from './notify.ts';
import { planned } from './planned-requests.ts';
import {
  deliveries,
  deliveryBodies,
  type DeliveryRecord,
  type MessageToPublish,
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
  const delivery = made.value;
  const content = await keptContent(key, delivery, ports);
  if (content === null) return;
  const result = await tryBoth(ports.doors, {
    phase: 'delivery',
    file: delivery.kind,
    delivery: planned(delivery, {
      atMillis: delivery.orderedAtMillis,
      configSnapshotId: delivery.configSnapshotId,
      isForTopic: delivery.kind === 'oversized',
    }),
    objectKey: delivery.objectKey,
    upload: { content, encoding: { contentType: 'application/json', contentEncoding: 'gzip' } },
  });
  const refusal = refusalOf(result);
  const notification = await tellTopic(
    delivery,
    (topicArn) => endMessage(topicArn, delivery, refusal, ports.nowMillis()),
    ports,
  );
  await end(made, { result, refusal, notification }, ports);
}

function refusalOf(result: AttemptResult): DeliveryRecord['refusal'] {
  return result.outcome === 'allowed' ? null : { code: result.refused.code, message: result.refused.message };
}

/** After a crash a message may come twice, but it is never lost. spec: CFG-NOTIFY-1 */
async function tellTopic(
  delivery: DeliveryRecord,
  messageOf: (topicArn: string) => MessageToPublish | null,
  ports: WorkerPorts,
): Promise<NotificationEnd | null> {
  const topicArn = await ports.topicArn(delivery);
  const message = topicArn === null ? null : messageOf(topicArn);
  return message === null ? null : notifyOnce(ports.doors, delivery, message);
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

/** The topic hears of it first: making it may take long. spec: CFG-NOTIFY-4 */
async function makeBody(
  claimed: Stored<DeliveryRecord>,
  ports: WorkerPorts,
): Promise<Stored<DeliveryRecord> | null> {
  const { value: delivery } = claimed;
  await tellTopic(delivery, (topicArn) => startMessage(topicArn, delivery, ports.nowMillis()), ports);
  const content = await makeContent(claimed.key, ports.snapshotText(delivery), ports);
  const lease = { owner: ports.owner, untilMillis: ports.nowMillis() + leaseSeconds * 1000 };
  const made = { ...delivery, state: 'made' as const, spooled: content.spooled, lease };
  const committed = await ports.records.commit([
    put(deliveries, claimed.key, made, { ifRevision: claimed.revision }),
    ...content.changes,
  ]);
  if (committed === 'committed') return { ...claimed, value: made, revision: claimed.revision + 1 };
  if (content.spooled !== null) await ports.spool.delete(content.spooled.name);
  return null;
}

/** How often the channel's status may change under an ending before something is wrong. */
const endingsMax = 20;

interface Ending {
  readonly result: AttemptResult;
  readonly refusal: DeliveryRecord['refusal'];
  readonly notification: NotificationEnd | null;
}

/** Ends the delivery and shows it in the channel's status, both or neither. */
async function end(
  made: Stored<DeliveryRecord>,
  { result, refusal, notification }: Ending,
  ports: WorkerPorts,
): Promise<void> {
  const { spooled } = made.value;
  const ended: DeliveryRecord = {
    ...made.value,
    state: result.outcome === 'allowed' ? 'delivered' : 'refused',
    spooled: null,
    lease: null,
    deliveredAs: result.outcome === 'allowed' ? result.identity : null,
    refusal,
  };
  for (let tries = 0; tries < endingsMax; tries++) {
    const committed = await ports.records.commit([
      put(deliveries, made.key, ended, { ifRevision: made.revision }),
      ...(ended.kind === 'history' && ended.state === 'refused' ? [] : [remove(deliveryBodies, made.key)]),
      ...(await ports.statusChanges(ended, ports.nowMillis(), notification)),
    ]);
    if (committed === 'committed') {
      if (spooled !== null) await ports.spool.delete(spooled.name);
      return;
    }
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
