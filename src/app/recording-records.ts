/**
 * The one seam between the services and AWS Config's recorder: a store whose commits carry, together with what
 * changed a resource, the configuration items that say so. Nothing polls, and nothing that was acknowledged is missed.
 * spec: CFG-RECORD-1, CFG-RECORD-6
 */
import {
  changeNotices,
  placeKey,
  recordingMarks,
  resourceKey,
  resources,
  schedules,
  type InventoryItem,
  type Place,
  type RecorderRecord,
} from '../services/config/ports.ts';
import { isKnownIn } from '../services/config/recording-group.ts';
import { recordedSince, runningRecorders, type Sighting } from '../services/config/record-resource.ts';
import { rescheduled } from '../services/config/schedule.ts';
import { expectRevision, type Change, type Records, type RecordStore } from '../services/records.ts';
import {
  recordedCollections,
  type RecordedCollection,
  type RecordedResource,
  type RecordPlace,
} from './recorded-collections.ts';
import { recordsAfter } from './records-after.ts';

/** How often the items of a resource may change under a commit before it is told of a conflict. */
const triesMax = 20;

/** @param onItems told after each commit that carried items */
export function recordingRecords(
  records: RecordStore,
  nowMillis: () => number,
  onItems: () => void = () => undefined,
): RecordStore {
  return {
    get: (...of) => records.get(...of),
    list: (...of) => records.list(...of),
    find: (...of) => records.find(...of),
    select: (...of) => records.select(...of),
    aggregate: (...of) => records.aggregate(...of),
    tally: (...of) => records.tally(...of),
    async commit(changes) {
      if (!changes.some(isRecorded)) return records.commit(changes);
      for (let tries = 0; tries < triesMax; tries++) {
        const items = await itemsOf(changes, records, nowMillis());
        const committed = await records.commit([...changes, ...items]);
        if (committed === 'committed' && items.some(isNotice)) onItems();
        // A conflict of the items is none of the caller's: theirs are made anew.
        if (committed === 'committed' || !(await holds(changes, records))) return committed;
      }
      return 'conflict';
    },
    close: () => records.close(),
    [Symbol.asyncDispose]: () => records.close(),
  };
}

function isNotice({ collection }: Change): boolean {
  return collection.name === changeNotices.name;
}

function isRecorded(change: Change): boolean {
  return change.kind !== 'expect' && recordedCollections.has(change.collection.name);
}

async function itemsOf(
  changes: readonly Change[],
  records: RecordStore,
  nowMillis: number,
): Promise<readonly Change[]> {
  const accounts = new Map<string, readonly RecorderRecord[]>();
  const items = new Map<string, Change>();
  const add = (change: Change) => items.set(`${change.collection.name} ${change.key}`, change);
  const after = recordsAfter(records, changes);
  const ends = new Map<string, Place & { readonly atMillis: number }>();
  for (const look of await looksOf(changes, records, after)) {
    for (const resource of look.resources) {
      const { account, region, resourceType, resourceId } = resource;
      if (!accounts.has(account)) {
        const mark = await records.get(recordingMarks, account);
        accounts.set(account, await runningRecorders(records, account));
        if (
          !changes.some(({ collection, key }) => collection.name === recordingMarks.name && key === account)
        )
          add(expectRevision(recordingMarks, account, mark?.revision ?? 0));
      }
      const recorders = accounts
        .get(account)
        ?.filter((one) => (region === null ? isKnownIn(one.region, resourceType) : one.region === region));
      if (recorders === undefined || recorders.length === 0) continue;
      // Known first: what another commit changes after this has a newer item, and this one conflicts.
      const known = await Promise.all(
        recorders.map((one) => records.get(resources, resourceKey(one, resourceType, resourceId))),
      );
      const seen = resource.isThere ? await seenNow(look, resourceId, after) : null;
      if (resource.isThere && seen === null) continue;
      const sighting: Sighting = { resourceType, resourceId, seen };
      for (const [index, recorder] of recorders.entries()) {
        const before = known[index] ?? null;
        for (const made of await recordedSince(records, recorder, before, sighting, nowMillis)) add(made);
        const atMillis = Math.min(
          seen?.endsAtMillis ?? Infinity,
          ends.get(placeKey(recorder))?.atMillis ?? Infinity,
        );
        if (atMillis < Infinity) ends.set(placeKey(recorder), { ...recorder, atMillis });
      }
    }
  }
  for (const [key, place] of ends) {
    const schedule = await records.get(schedules, key);
    if ((schedule?.value.endsAtMillis ?? Infinity) > place.atMillis)
      for (const made of rescheduled(schedule, place, { endsAtMillis: place.atMillis })) add(made);
  }
  return [...items.values()];
}

/** `null`: it is another one by now, or on its way out. */
async function seenNow(
  { place, kind }: Look,
  resourceId: string,
  after: Records,
): Promise<InventoryItem | null> {
  const record = await after.get(place.collection, place.key);
  const resource = record === null ? null : kind.resourceOf(record.value);
  return resource?.resourceId === resourceId ? resource.describe(after) : null;
}

/** A record to be looked at again, as the resources that it was and is: mostly the same one. */
interface Look {
  readonly place: RecordPlace;
  readonly kind: RecordedCollection;
  readonly resources: readonly (RecordedResource & { readonly isThere: boolean })[];
}

/** What is changed, then what says something of it: each once. */
async function looksOf(
  changes: readonly Change[],
  records: Records,
  after: Records,
): Promise<readonly Look[]> {
  const looks = new Map<string, Look>();
  const lookAt = async (place: RecordPlace, kind: RecordedCollection): Promise<readonly unknown[]> => {
    const [before, next] = await Promise.all([
      records.get(place.collection, place.key),
      after.get(place.collection, place.key),
    ]);
    const was = before === null ? null : kind.resourceOf(before.value);
    const is = next === null ? null : kind.resourceOf(next.value);
    looks.set(nameOf(place), {
      place,
      kind,
      resources: [
        ...(was === null || was.resourceId === is?.resourceId ? [] : [{ ...was, isThere: false }]),
        ...(is === null ? [] : [{ ...is, isThere: true }]),
      ],
    });
    return [before, next].flatMap((one) => (one === null ? [] : [one.value]));
  };
  const related: RecordPlace[] = [];
  for (const change of changes.filter(isRecorded)) {
    const kind = recordedCollections.get(change.collection.name);
    if (kind === undefined) continue;
    for (const value of await lookAt(change, kind)) related.push(...kind.relatedTo(value));
  }
  for (const place of related) {
    const kind = recordedCollections.get(place.collection.name);
    if (kind !== undefined && !looks.has(nameOf(place))) await lookAt(place, kind);
  }
  return [...looks.values()];
}

function nameOf({ collection, key }: RecordPlace): string {
  return `${collection.name}\u0000${key}`;
}

async function holds(changes: readonly Change[], records: RecordStore): Promise<boolean> {
  for (const { collection, key, ifRevision } of changes)
    if (ifRevision !== undefined && ((await records.get(collection, key))?.revision ?? 0) !== ifRevision)
      return false;
  return true;
}
