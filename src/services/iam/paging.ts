/** Pages of IAM's lists: `MaxItems`, `Marker`, `IsTruncated`. */
import type { Stored } from '../records.ts';
import { iamErrors } from './errors.ts';

/** spec: IAMAPI-PAGE-1 */
const maxItemsDefault = 100;

export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

/** A page of `items`, which stand in the order of their keys. The marker names the last key, so writes in between do no harm. */
export function pageOf<Item>(
  items: readonly Item[],
  input: PageInput,
  keyOf: (item: Item) => string,
): Page<Item> {
  const after = readMarker(input.Marker);
  const limit = input.MaxItems ?? maxItemsDefault;
  const start =
    after === undefined ? 0 : items.findIndex((item) => Buffer.compare(bytes(keyOf(item)), bytes(after)) > 0);
  const rest = start === -1 ? [] : items.slice(start);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  if (rest.length <= limit || last === undefined) return { items: shown, IsTruncated: false };
  return { items: shown, IsTruncated: true, Marker: Buffer.from(`k:${keyOf(last)}`).toString('base64url') };
}

/** A page of records that are read as far as needed. `keep` drops what the caller did not ask for. */
export async function pageOfRecords<Value>(
  list: (options: { after?: string; limit: number }) => Promise<readonly Stored<Value>[]>,
  input: PageInput,
  keep: (value: Value) => boolean,
): Promise<Page<Value>> {
  const limit = input.MaxItems ?? maxItemsDefault;
  const kept: Stored<Value>[] = [];
  let after = readMarker(input.Marker);
  for (;;) {
    const batch = await list(after === undefined ? { limit: batchCount } : { after, limit: batchCount });
    kept.push(...batch.filter((record) => keep(record.value)));
    after = batch.at(-1)?.key;
    if (kept.length > limit || batch.length < batchCount) break;
  }
  const { items, ...rest } = pageOf(kept, { MaxItems: limit }, (record) => record.key);
  return { items: items.map((record) => record.value), ...rest };
}

const batchCount = 1000;

function readMarker(marker: string | undefined): string | undefined {
  if (marker === undefined) return undefined;
  const text = Buffer.from(marker, 'base64url').toString('utf8');
  if (Buffer.from(text).toString('base64url') !== marker || !text.startsWith('k:'))
    throw iamErrors.invalidMarker();
  return text.slice(2);
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}
