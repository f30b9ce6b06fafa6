/**
 * Tells topics of changes. Whenever the process dies, the next one goes on: an item that was noted is told, perhaps
 * twice, never not at all. A message that role and service principal may not publish is over, and shows in the
 * channel's status.
 * spec: CFG-STREAM-1, CFG-STREAM-6
 */
import { put, remove, type Change, type Stored } from '../records.ts';
import { changeMessage, changeSubject, itemSummary, messageMaxBytes } from './change-message.ts';
import { streamChanges } from './delivery-status.ts';
import { deliversTo, type DeliveryTarget } from './delivers-to.ts';
import {
  changeNotices,
  itemKey,
  items,
  placeKey,
  type ChangeNoticeRecord,
  type ConfigPorts,
  type ItemRecord,
} from './ports.ts';

export interface Telling {
  readonly ports: Pick<ConfigPorts, 'records' | 'deliveries'>;
  readonly nowMillis: () => number;
  readonly newUuid: () => string;
  readonly partitionOf: (region: string) => string;
  /** Of this process, never of another. */
  readonly owner: string;
  /** Told of what kept a topic from being told; it is tried again. */
  onFault(error: unknown): void;
}

const pageCount = 256;
/** How many places are told of side by side. */
const placesAtOnce = 8;
/** So many notices are claimed in one commit; after a crash as many may be told twice. */
const claimedCount = 16;
/** Longer than telling them takes; after it another process may. */
const leaseSeconds = 60;

/** Every notice that is there, once. */
export async function tellChanges(telling: Telling): Promise<void> {
  const { records } = telling.ports;
  let after: string | undefined;
  for (;;) {
    const page = await records.list(changeNotices, {
      limit: pageCount,
      ...(after === undefined ? {} : { after }),
    });
    after = page.at(-1)?.key;
    if (after === undefined) return;
    const places = [...Map.groupBy(page, ({ value }) => placeKey(value)).values()];
    for (let first = 0; first < places.length; first += placesAtOnce)
      await Promise.all(
        places
          .slice(first, first + placesAtOnce)
          .map((notices) => tellOfPlace(notices, telling).catch((error: unknown) => telling.onFault(error))),
      );
  }
}

async function tellOfPlace(notices: readonly Stored<ChangeNoticeRecord>[], telling: Telling): Promise<void> {
  const [first] = notices;
  if (first === undefined) return;
  const to = await deliversTo(first.value, telling.ports, telling.partitionOf);
  for (let start = 0; start < notices.length; start += claimedCount) {
    const claimed = await claim(notices.slice(start, start + claimedCount), telling);
    for (const notice of claimed) await tell(notice, to, telling);
  }
}

/** Those under this process's lease; none: somebody else is at one of them. */
async function claim(
  notices: readonly Stored<ChangeNoticeRecord>[],
  { ports, owner, nowMillis }: Telling,
): Promise<readonly Stored<ChangeNoticeRecord>[]> {
  const now = nowMillis();
  const free = notices.filter(
    ({ value: { lease } }) => lease === null || lease.owner === owner || lease.untilMillis <= now,
  );
  const lease = { owner, untilMillis: now + leaseSeconds * 1000 };
  const claimed = free.map((notice) => ({
    ...notice,
    value: { ...notice.value, lease },
    revision: notice.revision + 1,
  }));
  if (claimed.length === 0) return [];
  const changes = claimed.map(({ key, value, revision }) =>
    put(changeNotices, key, value, { ifRevision: revision - 1 }),
  );
  return (await ports.records.commit(changes)) === 'committed' ? claimed : [];
}

async function tell(
  notice: Stored<ChangeNoticeRecord>,
  to: DeliveryTarget | null,
  telling: Telling,
): Promise<void> {
  const { records, deliveries } = telling.ports;
  const done = remove(changeNotices, notice.key, { ifRevision: notice.revision });
  const pair = to === null || to.topicArn === null ? null : await itemsOf(notice.value, telling);
  if (to?.topicArn == null || pair === null) {
    // Nobody to tell, or nothing left to tell of.
    await records.commit([done]);
    return;
  }
  const nowMillis = telling.nowMillis();
  const told = changeMessage(pair.before, pair.item, nowMillis);
  if (Buffer.byteLength(told.message) > messageMaxBytes) {
    const order = await deliveries.oversizedOrder({
      ...to,
      configSnapshotId: telling.newUuid(),
      orderedAtMillis: nowMillis,
      resourceType: pair.item.resourceType,
      resourceId: pair.item.resourceId,
      capturedAtMillis: pair.item.capturedAtMillis,
      subject: changeSubject(pair.before, pair.item),
      summary: itemSummary(pair.before, pair.item),
      text: told.message,
    });
    await records.commit([done, ...order]);
    deliveries.wake();
    return;
  }
  const { refusal } = await deliveries.notify(to, { topicArn: to.topicArn, ...told });
  await end(done, notice, { refusal }, telling);
}

/** The item with the one before it; `null`: it is no longer there. */
async function itemsOf(
  notice: ChangeNoticeRecord,
  { ports: { records } }: Telling,
): Promise<{ readonly before: ItemRecord | null; readonly item: ItemRecord } | null> {
  const { resourceType, resourceId, capturedAtMillis, previousMillis } = notice;
  const at = async (millis: number) =>
    (await records.get(items, itemKey(notice, resourceType, resourceId, millis)))?.value ?? null;
  const item = await at(capturedAtMillis);
  if (item === null) return null;
  return { item, before: previousMillis === null ? null : await at(previousMillis) };
}

/** How often the channel's status may change under an ending before something is wrong. */
const endingsMax = 20;

/** Takes the notice away and shows in the channel's status how it went, both or neither. */
async function end(
  done: Change,
  notice: Stored<ChangeNoticeRecord>,
  outcome: { readonly refusal: { readonly code: string; readonly message: string } | null },
  { ports: { records }, nowMillis }: Telling,
): Promise<void> {
  for (let tries = 0; tries < endingsMax; tries++) {
    const status = await streamChanges(records, notice.value, outcome, nowMillis());
    if ((await records.commit([done, ...status])) === 'committed') return;
    // Fenced off: another process has it. Otherwise only the status was newer.
    if ((await records.get(changeNotices, notice.key))?.revision !== notice.revision) return;
  }
  throw new Error(`the status of the channel of ${placeKey(notice.value)} changes all the time`);
}
