/** What the records will be when a commit has taken effect: for those who describe it in the same commit. */
import type { Change, Collection, ListOptions, Records, Stored } from '../services/records.ts';
import { listDefaultCount } from '../services/records.ts';

/**
 * Records by key, range and index as they will be; queries and commits are the store's own. The revisions of what is
 * changed are those before the commit.
 */
export function recordsAfter(records: Records, changes: readonly Change[]): Records {
  const changed = new Map(
    changes.filter(({ kind }) => kind !== 'expect').map((change) => [nameOf(change), change]),
  );
  /** Changed records of a collection as they will be. */
  function made<T>(from: Collection<T>): readonly Stored<T>[] {
    return [...changed.values()].flatMap((change) =>
      change.kind === 'put' && change.collection.name === from.name ? [stored<T>(change)] : [],
    );
  }
  const isUnchanged = (from: Collection<unknown>) => (record: Stored<unknown>) =>
    !changed.has(nameOf({ collection: from, key: record.key }));
  function merged<T>(
    from: Collection<T>,
    before: readonly Stored<T>[],
    also: readonly Stored<T>[],
    { prefix = '', after, limit = listDefaultCount }: ListOptions,
  ): readonly Stored<T>[] {
    const within = also.filter(
      ({ key }) => key.startsWith(prefix) && (after === undefined || compare(key, after) > 0),
    );
    return [...before.filter(isUnchanged(from as Collection<unknown>)), ...within]
      .sort((a, b) => compare(a.key, b.key))
      .slice(0, limit);
  }
  /** Some of what is found may be changed away: as many more are asked for. */
  const more = (options: ListOptions): ListOptions => ({
    ...options,
    limit: (options.limit ?? listDefaultCount) + changed.size,
  });
  return {
    async get(from, key) {
      const change = changed.get(nameOf({ collection: from, key }));
      if (change === undefined) return records.get(from, key);
      return change.kind === 'put' ? stored(change) : null;
    },
    async list(from, options = {}) {
      return merged(from, await records.list(from, more(options)), made(from), options);
    },
    async find(from, index, value, options = {}) {
      const also = made(from).filter((record) => from.indexes[index]?.(record.value).includes(value));
      return merged(from, await records.find(from, index, value, more(options)), also, options);
    },
    commit: (all) => records.commit(all),
  };
}

function nameOf({
  collection,
  key,
}: {
  readonly collection: { readonly name: string };
  readonly key: string;
}) {
  return `${collection.name}\u0000${key}`;
}

function stored<T>(change: Extract<Change, { readonly kind: 'put' }>): Stored<T> {
  // A change names its collection, and with it what its value is.
  return { key: change.key, value: change.value as T, revision: change.ifRevision ?? 0, body: null };
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
