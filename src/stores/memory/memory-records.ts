/**
 * Records in memory: the readable model that the other stores are compared with. It scans instead of indexing and
 * sorts on every listing, on purpose. Nothing survives the process.
 * spec: STORE-1, STORE-2, STORE-3, STORE-4, STORE-5
 */
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
    const { prefix = '', after, limit = listDefaultCount } = options;
    return [...this.#keptIn(from)]
      .filter(([key]) => key.startsWith(prefix) && (after === undefined || compareBytes(key, after) > 0))
      .sort(([a], [b]) => compareBytes(a, b))
      .slice(0, limit)
      .map(([key, kept]) => stored<T>(key, kept, null));
  }

  async find<T>(
    from: Collection<T>,
    index: string,
    value: string,
    options: ListOptions = {},
  ): Promise<readonly Stored<T>[]> {
    const valuesOf = from.indexes[index];
    if (valuesOf === undefined) throw new TypeError(`${from.name} has no index "${index}"`);
    const all = await this.list(from, { ...options, limit: Infinity });
    return all
      .filter((record) => valuesOf(record.value).includes(value))
      .slice(0, options.limit ?? listDefaultCount);
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

function stored<T>(key: string, kept: Kept, body: Uint8Array | null): Stored<T> {
  // What `put` was given as T; JSON kept it.
  return { key, value: JSON.parse(kept.json) as T, revision: kept.revision, body };
}

/** JavaScript's `<` compares UTF-16 units, which differs above U+FFFF; `localeCompare` follows the machine's language. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
