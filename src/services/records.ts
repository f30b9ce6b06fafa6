/**
 * What services keep, and how they ask for it: typed collections of records in one store.
 * A service declares its collections in its `ports.ts`; every store implements this interface once.
 * Nothing here knows which store is in use.
 */

import type { Group, RecordAggregation, RecordSelection, Selected, Tally } from './record-query.ts';

/** How many records `list` and `find` answer with at most, unless told otherwise. */
export const listDefaultCount = 1000;

/** A named set of records. Make it with `collection`. */
export interface Collection<T> {
  /** `kms.keys`: the service, a dot, the plural. Never reused for another shape. */
  readonly name: string;
  /** Secondary look-ups: for each, the values under which a record is found. Values are compared byte by byte. */
  readonly indexes: Readonly<Record<string, (record: T) => readonly string[]>>;
  /** Those of the indexes whose records are counted: what `tally` answers for. */
  readonly tallied: readonly string[];
}

export function collection<T>(
  name: string,
  indexes: Collection<T>['indexes'] = {},
  tallied: Collection<T>['tallied'] = [],
): Collection<T> {
  return { name, indexes, tallied };
}

/** A record as it is stored. `value` is plain JSON data; `body` carries bytes (a small object) beside it. */
export interface Stored<T> {
  readonly key: string;
  readonly value: T;
  /** 1 for the first write of a key, then one more for each; a key deleted and put again starts anew at 1. */
  readonly revision: number;
  readonly body: Uint8Array | null;
}

export type Change =
  | {
      readonly kind: 'put';
      readonly collection: Collection<never>;
      readonly key: string;
      readonly value: unknown;
      readonly body?: Uint8Array;
      /** 0: only if the key is not there; N: only if the stored revision is N; absent: whatever is there. */
      readonly ifRevision?: number;
    }
  | {
      readonly kind: 'delete';
      readonly collection: Collection<never>;
      readonly key: string;
      readonly ifRevision?: number;
    }
  /** Changes nothing; the commit is a conflict unless the key's revision is this (0: not there). */
  | {
      readonly kind: 'expect';
      readonly collection: Collection<never>;
      readonly key: string;
      readonly ifRevision: number;
    };

/** A typed `put`; `ifRevision` as in `Change`. */
export function put<T>(
  into: Collection<T>,
  key: string,
  value: T,
  options: { readonly ifRevision?: number; readonly body?: Uint8Array } = {},
): Change {
  return { kind: 'put', collection: into as unknown as Collection<never>, key, value, ...options };
}

export function remove<T>(
  from: Collection<T>,
  key: string,
  options: { readonly ifRevision?: number } = {},
): Change {
  return { kind: 'delete', collection: from as unknown as Collection<never>, key, ...options };
}

export function expectRevision<T>(of: Collection<T>, key: string, ifRevision: number): Change {
  return { kind: 'expect', collection: of as unknown as Collection<never>, key, ifRevision };
}

export interface ListOptions {
  /** Only keys that begin with this (for `find`: record keys, too). */
  readonly prefix?: string;
  /** Only keys after this one, in the order of the listing. Need not exist. */
  readonly after?: string;
  /** Only this key and those above it. */
  readonly atLeast?: string;
  /** Only keys below this one. */
  readonly below?: string;
  /** The last key first. */
  readonly isDescending?: boolean;
  /** At most so many; 1,000 unless told otherwise. */
  readonly limit?: number;
}

/** The records of one server. Calls may run concurrently. */
export interface Records {
  /** The record under this key, or `null`. Reads what was committed before the call. */
  get<T>(from: Collection<T>, key: string): Promise<Stored<T> | null>;

  /** Records in the order of their keys' UTF-8 bytes; `[]` if there are none. Bodies are not read (`body: null`). */
  list<T>(from: Collection<T>, options?: ListOptions): Promise<readonly Stored<T>[]>;

  /** Records whose index `index` holds exactly `value`, in the order of their keys' UTF-8 bytes. Bodies are not read. */
  find<T>(
    from: Collection<T>,
    index: string,
    value: string,
    options?: ListOptions,
  ): Promise<readonly Stored<T>[]>;

  /**
   * Applies all changes or none. When it answers `'committed'`, the changes survive a crash of the process and
   * of the machine (in a durable store). Two changes of one commit must not name the same key.
   *
   * @returns `'conflict'` if an `ifRevision` did not hold; then nothing was changed.
   * @throws {StoreUnavailable} the outcome is not known. Read before trying again.
   */
  commit(changes: readonly Change[]): Promise<'committed' | 'conflict'>;
}

/** Records that answer questions about what is in them. */
export interface QueryableRecords extends Records {
  /** The records that a question asks for, in its order. Its index must be one of the collection's. */
  select<T>(from: Collection<T>, selection: RecordSelection): Promise<readonly Selected<T>[]>;

  /** The groups that a question asks for, in its order. */
  aggregate<T>(from: Collection<T>, aggregation: RecordAggregation): Promise<readonly Group[]>;

  /**
   * How many records a tallied index has under each of its values that begin with `prefix`, in the order of the
   * values' UTF-8 bytes. The counts are kept: what this costs depends on the values alone, not on the records.
   */
  tally<T>(from: Collection<T>, index: string, prefix: string): Promise<readonly Tally[]>;
}

/** The store cannot answer now, or can't say whether a commit took effect. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Records with a lifetime: what `src/stores/<engine>` opens and `app.ts` closes. */
export interface RecordStore extends QueryableRecords, AsyncDisposable {
  /** Waits for the commits under way and lets go of the files. Afterwards every call is refused with `StoreUnavailable`; closing again does nothing. */
  close(): Promise<void>;
}

/** Why a store did not open. Nothing was changed in it. */
export type StoreFault = 'locked' | 'damaged' | 'newer' | 'foreign' | 'inaccessible';

/** A store that does not open: one sentence that says which, why and what to do. */
export class StoreNotOpened extends Error {
  override readonly name = 'StoreNotOpened';
  readonly fault: StoreFault;
  /** The folder or address of the store. */
  readonly place: string;

  constructor(fault: StoreFault, place: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
    this.place = place;
  }
}

/** A caller broke the rules of `commit`: a fault of Sealpost, never of its user. Nothing was changed. */
export class CommitMalformed extends Error {
  override readonly name = 'CommitMalformed';
}

/** @throws {CommitMalformed} two of the changes name the same key, so their order would matter; or a key cannot be written as UTF-8 */
export function assertCommit(changes: readonly Change[]): void {
  const seen = new Set<string>();
  for (const { collection, key } of changes) {
    if (!key.isWellFormed())
      throw new CommitMalformed(`a key in ${collection.name} holds half a surrogate pair`);
    const name = `${collection.name}\u0000${key}`;
    if (seen.has(name))
      throw new CommitMalformed(`a commit names ${collection.name} ${JSON.stringify(key)} twice`);
    seen.add(name);
  }
}
