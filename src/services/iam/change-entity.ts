import { put, type Change, type Records, type Stored } from '../records.ts';
import type { EntityKind } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { assertFound } from './find-entity.ts';
import { nameKey, type EntityRecord } from './ports.ts';

/** So often a change is tried anew when others change the same thing; then the caller is told. */
const attemptsMax = 8;

/**
 * Reads, changes and stores an entity; again from the start when another writer was first.
 *
 * @param change gives the next record, and what else belongs into the commit; it may throw IAM's errors
 */
export async function changeEntity<Record extends EntityRecord>(
  records: Records,
  kind: EntityKind<Record>,
  account: string,
  name: string | undefined,
  change: (current: Record) => Promise<Changed<Record>> | Changed<Record>,
): Promise<Record> {
  return await attempt(async () => {
    const key = nameKey(account, name ?? '');
    const found = await records.get(kind.collection, key);
    const current = assertFound(found?.value.name === name ? found : null, kind, name);
    const { next, along = [] } = await change(current.value);
    const stored = put(kind.collection, key, next, { ifRevision: current.revision });
    return (await records.commit([stored, ...along])) === 'committed' ? next : null;
  });
}

interface Changed<Record> {
  readonly next: Record;
  readonly along?: readonly Change[];
}

/** Runs `step` until it gives a value. @throws ConcurrentModification after `attemptsMax` conflicts */
export async function attempt<Value>(step: () => Promise<Value | null>): Promise<Value> {
  for (let count = 0; count < attemptsMax; count++) {
    const value = await step();
    if (value !== null) return value;
  }
  throw iamErrors.concurrentModification();
}

/** A change that stores the record again as it is: whoever relies on it being there conflicts with whoever deletes it. */
export function touch<Value>(collectionOf: Parameters<typeof put<Value>>[0], found: Stored<Value>): Change {
  return put(collectionOf, found.key, found.value, { ifRevision: found.revision });
}
