/**
 * Records in memory: the readable model that the other stores are compared with. It scans instead of indexing and
 * sorts on every listing, on purpose. Nothing survives the process.
 * spec: STORE-1, STORE-2, STORE-3, STORE-4, STORE-5
 */
import type {
  Group,
  RecordAggregation,
  RecordSelection,
  Scope,
  Selected,
  Tally,
} from '../../services/record-query.ts';
import {
  assertCommit,
  listDefaultCount,
  StoreUnavailable,
  type Change,
  type Collection,
  type ListOptions,
  type RecordStore,
  type Stored,
} from '../../services/records.ts';
import { compareBytes } from './compare-bytes.ts';
import { comparePositions, groupsOf, holds, positionOf } from './evaluate-query.ts';

/** An empty store. Two calls open two stores. */
export function openMemory(): RecordStore {
  return new MemoryRecords();
}

interface Kept {
  /** JSON, so that nobody's later change to an object reaches the store, and undefined members vanish as on disk. */
  readonly json: string;
  readonly revision: number;
  readonly body: Uint8Array | null;
}

class MemoryRecords implements RecordStore {
  #collections = new Map<string, Map<string, Kept>>();
  #isOpen = true;

  async get<T>(from: Collection<T>, key: string): Promise<Stored<T> | null> {
    this.#assertOpen();
    const kept = this.#keptIn(from).get(key);
    return kept === undefined ? null : stored<T>(key, kept, kept.body && Uint8Array.from(kept.body));
  }

  async list<T>(from: Collection<T>, options: ListOptions = {}): Promise<readonly Stored<T>[]> {
    this.#assertOpen();
    const { prefix = '', after, atLeast, below, isDescending = false, limit = listDefaultCount } = options;
    const compare = (a: string, b: string): number =>
      isDescending ? compareBytes(b, a) : compareBytes(a, b);
    return [...this.#keptIn(from)]
      .filter(
        ([key]) =>
          key.startsWith(prefix) &&
          (after === undefined || compare(key, after) > 0) &&
          (atLeast === undefined || compareBytes(key, atLeast) >= 0) &&
          (below === undefined || compareBytes(key, below) < 0),
      )
      .sort(([a], [b]) => compare(a, b))
      .slice(0, limit)
      .map(([key, kept]) => stored<T>(key, kept, null));
  }

  async find<T>(
    from: Collection<T>,
    index: string,
    value: string,
    options: ListOptions = {},
  ): Promise<readonly Stored<T>[]> {
    const valuesOf = indexOf(from, index);
    const all = await this.list(from, { ...options, limit: Infinity });
    return all
      .filter((record) => valuesOf(record.value).includes(value))
      .slice(0, options.limit ?? listDefaultCount);
  }

  async select<T>(from: Collection<T>, selection: RecordSelection): Promise<readonly Selected<T>[]> {
    const { scope, where, orderBy, after, limit } = selection;
    return (await this.#within(from, scope))
      .filter(({ value }) => holds(where, value))
      .map((record) => ({ record, position: positionOf(orderBy, record.key, record.value) }))
      .filter(({ position }) => after === undefined || comparePositions(orderBy, position, after) > 0)
      .sort((a, b) => comparePositions(orderBy, a.position, b.position))
      .slice(0, limit);
  }

  async aggregate<T>(from: Collection<T>, aggregation: RecordAggregation): Promise<readonly Group[]> {
    const values = (await this.#within(from, aggregation.scope)).map(({ value }) => value);
    return groupsOf(
      aggregation,
      values.filter((value) => holds(aggregation.where, value)),
    );
  }

  async tally<T>(from: Collection<T>, index: string, prefix: string): Promise<readonly Tally[]> {
    const valuesOf = indexOf(from, index);
    if (!from.tallied.includes(index)) throw new TypeError(`${from.name} does not count "${index}"`);
    const all = await this.list(from, { limit: Infinity });
    const values = all.flatMap(({ value }) => [...new Set(valuesOf(value))]);
    return [...Map.groupBy(values, (value) => value)]
      .filter(([value]) => value.startsWith(prefix))
      .sort(([a], [b]) => compareBytes(a, b))
      .map(([value, same]) => ({ value, count: same.length }));
  }

  async #within<T>(from: Collection<T>, scope: Scope): Promise<readonly Stored<T>[]> {
    if (scope.kind === 'index') return this.find(from, scope.index, scope.value, { limit: Infinity });
    const lists = scope.prefixes.map((prefix) => this.list(from, { prefix, limit: Infinity }));
    return (await Promise.all(lists)).flat();
  }

  async commit(changes: readonly Change[]): Promise<'committed' | 'conflict'> {
    this.#assertOpen();
    assertCommit(changes);
    for (const change of changes) {
      const revision = this.#keptIn(change.collection).get(change.key)?.revision ?? 0;
      if (change.ifRevision !== undefined && change.ifRevision !== revision) return 'conflict';
    }
    // Everything that can fail happens before the first change is applied.
    const steps = changes.map((change) => this.#prepare(change));
    for (const apply of steps) apply();
    return 'committed';
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#collections.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #prepare(change: Change): () => void {
    const records = this.#keptIn(change.collection);
    switch (change.kind) {
      case 'put': {
        const json = JSON.stringify(change.value);
        const body = change.body === undefined ? null : Uint8Array.from(change.body);
        return () => {
          const revision = (records.get(change.key)?.revision ?? 0) + 1;
          records.set(change.key, { json, revision, body });
        };
      }
      case 'delete':
        return () => void records.delete(change.key);
      case 'expect':
        return () => undefined;
    }
  }

  #keptIn(collection: { readonly name: string }): Map<string, Kept> {
    let records = this.#collections.get(collection.name);
    if (records === undefined) {
      records = new Map<string, Kept>();
      this.#collections.set(collection.name, records);
    }
    return records;
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw new StoreUnavailable('the store is closed');
  }
}

function indexOf<T>(from: Collection<T>, index: string): (record: T) => readonly string[] {
  const valuesOf = from.indexes[index];
  if (valuesOf === undefined) throw new TypeError(`${from.name} has no index "${index}"`);
  return valuesOf;
}

function stored<T>(key: string, kept: Kept, body: Uint8Array | null): Stored<T> {
  // What `put` was given as T; JSON kept it.
  return { key, value: JSON.parse(kept.json) as T, revision: kept.revision, body };
}
