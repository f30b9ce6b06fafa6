/**
 * The shapes of the records of a store, and the steps that lead from older ones to today's. A released step is never
 * edited: what is wrong with it is mended by the next. Whoever changes a record's members so that code of today
 * stumbles over one of yesterday adds a step; a new index needs none.
 * spec: STORE-12
 */
import { deliveries, type DeliveryRecord } from '../delivery/worker/ports.ts';
import { outdatedBy } from '../services/config/outdated-items.ts';
import {
  items,
  placeKey,
  resourceKey,
  schedules,
  type ItemRecord,
  type ScheduleRecord,
} from '../services/config/ports.ts';
import { rescheduled } from '../services/config/schedule.ts';
import {
  collection,
  put,
  StoreNotOpened,
  type Change,
  type Collection,
  type Records,
  type Stored,
} from '../services/records.ts';
import { subscriptions, type SubscriptionRecord } from '../services/sns/ports.ts';
import { collections } from './collections.ts';

export interface ShapeMark {
  readonly version: number;
  /** The indexes under which records of a collection are found, by the collection's name. */
  readonly indexes: Readonly<Record<string, readonly string[]>>;
}

export const shapeMarks = collection<ShapeMark>('app.shape-marks');

/** Each brings records from one version to the next; taken twice, it changes nothing the second time. */
type Step = (records: Records, nowMillis: number) => Promise<void>;

const steps: readonly Step[] = [
  async (records, nowMillis) => {
    await rewrite(records, deliveries, withDefaults<DeliveryRecord>({ oversized: null, spooled: null }));
    // Of those of before nobody knows when they were made: whoever is not confirmed yet asks for a new token.
    await rewrite(
      records,
      subscriptions,
      withDefaults<SubscriptionRecord>({ madeAtMillis: 0, wasConfirmationSigned: false }),
    );
    await noteOutdated(records);
    await timePurges(records, nowMillis);
  },
];

/** The version that this build reads and writes. */
export const shapeVersion = 1 + steps.length;

/**
 * Brings the records of a store to today's shapes and indexes. Nobody else may write meanwhile.
 *
 * @throws {StoreNotOpened} a newer version wrote it; nothing was changed
 */
export async function bringToShape(
  records: Records,
  of: { readonly isNew: boolean; readonly place: string; readonly nowMillis: number },
): Promise<void> {
  const mark = await records.get(shapeMarks, 'shape');
  // The first shape had no mark.
  const { version, indexes } = mark?.value ?? { version: of.isNew ? shapeVersion : 1, indexes: {} };
  if (version > shapeVersion)
    throw new StoreNotOpened(
      'newer',
      of.place,
      `the records in ${of.place} were written by a newer version of sealpost than this one, which knows their shape ${shapeVersion}: start the newer version, or give this one another folder with --data`,
    );
  for (const step of steps.slice(version - 1)) await step(records, of.nowMillis);
  if (!of.isNew)
    for (const one of collections)
      if (!isSame(indexes[one.name] ?? [], indexNames(one))) await rewrite(records, one, (value) => value);
  const next: ShapeMark = {
    version: shapeVersion,
    indexes: Object.fromEntries(collections.map((one) => [one.name, indexNames(one)])),
  };
  if (JSON.stringify(mark?.value) !== JSON.stringify(next))
    await records.commit([put(shapeMarks, 'shape', next)]);
}

function indexNames({ indexes }: Collection<unknown>): readonly string[] {
  return Object.keys(indexes).sort();
}

function isSame(stored: readonly string[], now: readonly string[]): boolean {
  return stored.join('\n') === now.join('\n');
}

/** A record of before may lack these members, whatever its type says. */
function withDefaults<T>(defaults: Partial<T>): (record: T) => T {
  return (record) => ({ ...defaults, ...record });
}

const batchCount = 500;

/** Writes every record again, in its new shape and under its indexes of today. */
async function rewrite<T>(of: Records, from: Collection<T>, mended: (record: T) => T): Promise<void> {
  for await (const batch of batches(of, from)) {
    const whole = await Promise.all(batch.map(({ key }) => of.get(from, key)));
    await of.commit(
      whole
        .filter((record) => record !== null)
        .map(({ key, value, body }) =>
          put(from, key, mended(value), body === null ? {} : { body: Uint8Array.from(body) }),
        ),
    );
  }
}

/** Items that a newer one followed: from then on they are noted as they are followed. */
async function noteOutdated(records: Records): Promise<void> {
  let last: ItemRecord | null = null;
  for await (const batch of batches(records, items)) {
    const noted: Change[] = [];
    for (const { value } of batch) {
      if (last !== null && resourceOf(last) === resourceOf(value))
        noted.push(outdatedBy(last, value.capturedAtMillis));
      last = value;
    }
    await records.commit(noted);
  }
}

function resourceOf(item: ItemRecord): string {
  return resourceKey(item, item.resourceType, item.resourceId);
}

async function timePurges(records: Records, nowMillis: number): Promise<void> {
  for await (const batch of batches(records, schedules))
    for (const stored of batch) {
      const value = withDefaults<ScheduleRecord>({
        dailyAtMillis: null,
        endsAtMillis: null,
        purgeAtMillis: null,
      })(stored.value);
      // An inventory finds out what ends by itself, and when.
      const changes = rescheduled({ ...stored, value }, value, {
        purgeAtMillis: value.purgeAtMillis ?? nowMillis,
        inventoryAtMillis: value.inventoryAtMillis ?? nowMillis,
      });
      if ((await records.commit(changes)) === 'conflict')
        throw new Error(`INVARIANT (nobody else writes): the schedule of ${placeKey(value)} changed`);
    }
}

async function* batches<T>(records: Records, from: Collection<T>): AsyncGenerator<readonly Stored<T>[]> {
  let after: string | undefined;
  for (;;) {
    const batch = await records.list(from, {
      limit: batchCount,
      ...(after === undefined ? {} : { after }),
    });
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = last.key;
  }
}
