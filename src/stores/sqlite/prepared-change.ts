import { CommitMalformed, type Change } from '../../services/records.ts';

/** A change with all that the caller's code decides already worked out, so that it cannot fail inside a transaction. */
export interface PreparedChange {
  readonly kind: Change['kind'];
  readonly collection: string;
  readonly key: string;
  readonly ifRevision: number | undefined;
  /** The value as JSON; empty unless it is a put. */
  readonly json: string;
  readonly body: Uint8Array | null;
  /** The index entries of the new record, each once. */
  readonly entries: readonly (readonly [index: string, value: string])[];
  /** Indexes whose entries are counted. */
  readonly tallied: readonly string[];
}

/** @throws {CommitMalformed} the value is no JSON data */
export function prepareChange(change: Change): PreparedChange {
  const { kind, key, ifRevision } = change;
  const nothing = {
    kind,
    collection: change.collection.name,
    key,
    ifRevision,
    json: '',
    body: null,
    entries: [],
    tallied: change.collection.tallied,
  };
  if (change.kind !== 'put') return nothing;
  return {
    ...nothing,
    json: jsonOf(change),
    // A copy: the caller may use its buffer again before the transaction begins.
    body: change.body === undefined ? null : Uint8Array.from(change.body),
    entries: entriesOf(change),
  };
}

type Put = Extract<Change, { kind: 'put' }>;

function jsonOf({ value, collection, key }: Put): string {
  try {
    const json: unknown = JSON.stringify(value);
    if (typeof json === 'string') return json;
  } catch (cause) {
    throw new CommitMalformed(`the value of ${collection.name} ${JSON.stringify(key)} is no JSON data`, {
      cause,
    });
  }
  throw new CommitMalformed(`the value of ${collection.name} ${JSON.stringify(key)} is no JSON data`);
}

function entriesOf({ value, collection }: Put): PreparedChange['entries'] {
  const indexes: readonly (readonly [string, (value: never) => readonly string[]])[] = Object.entries(
    collection.indexes,
  );
  return indexes.flatMap(([name, valuesOf]) =>
    // `put` paired this value with this collection.
    [...new Set(valuesOf(value as never))].map((entry) => [name, entry] as const),
  );
}
