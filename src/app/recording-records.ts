/**
 * The one seam between the services and AWS Config's recorder: a store whose commits carry, together with what
 * changed a resource, the configuration items that say so. Nothing polls, and nothing that was acknowledged is missed.
 * spec: CFG-RECORD-1
 */
import { recordingMarks, type RecorderRecord } from '../services/config/ports.ts';
import { recordedChanges, runningRecorders } from '../services/config/record-resource.ts';
import { expectRevision, type Change, type RecordStore } from '../services/records.ts';
import { recordedCollections, type RecordedResource } from './recorded-collections.ts';

/** How often the items of a resource may change under a commit before it is told of a conflict. */
const triesMax = 20;

export function recordingRecords(records: RecordStore, nowMillis: () => number): RecordStore {
  return {
    get: (...of) => records.get(...of),
    list: (...of) => records.list(...of),
    find: (...of) => records.find(...of),
    async commit(changes) {
      if (!changes.some(isRecorded)) return records.commit(changes);
      for (let tries = 0; tries < triesMax; tries++) {
        const items = await itemsOf(changes, records, nowMillis());
        const committed = await records.commit([...changes, ...items]);
        // A conflict of the items is none of the caller's: theirs are made anew.
        if (committed === 'committed' || !(await holds(changes, records))) return committed;
      }
      return 'conflict';
    },
    close: () => records.close(),
    [Symbol.asyncDispose]: () => records.close(),
  };
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
  for (const change of changes.filter(isRecorded)) {
    const resource = await resourceOf(change, records);
    if (resource === null) continue;
    const { account, region, resourceType, resourceId } = resource;
    if (!accounts.has(account)) {
      const mark = await records.get(recordingMarks, account);
      accounts.set(account, await runningRecorders(records, account));
      if (!changes.some(({ collection, key }) => collection.name === recordingMarks.name && key === account))
        add(expectRevision(recordingMarks, account, mark?.revision ?? 0));
    }
    const recorders = accounts.get(account)?.filter((one) => region === null || one.region === region) ?? [];
    if (recorders.length === 0) continue;
    const seen = change.kind === 'delete' ? null : await resource.describe(records);
    if (change.kind === 'put' && seen === null) continue;
    for (const recorder of recorders)
      for (const made of await recordedChanges(
        records,
        recorder,
        { resourceType, resourceId, seen },
        nowMillis,
      ))
        add(made);
  }
  return [...items.values()];
}

/** `null`: what is to be deleted is not there. */
async function resourceOf(change: Change, records: RecordStore): Promise<RecordedResource | null> {
  const read = recordedCollections.get(change.collection.name);
  if (read === undefined) return null;
  if (change.kind === 'put') return read(change.value);
  const before = await records.get(change.collection, change.key);
  return before === null ? null : read(before.value);
}

async function holds(changes: readonly Change[], records: RecordStore): Promise<boolean> {
  for (const { collection, key, ifRevision } of changes)
    if (ifRevision !== undefined && ((await records.get(collection, key))?.revision ?? 0) !== ifRevision)
      return false;
  return true;
}
