/**
 * The content of a configuration snapshot: the newest item of everything that is recorded and there.
 * spec: CFG-SNAPSHOT-2, CFG-SNAPSHOT-3, CFG-SNAPSHOT-4
 */
import type { Records } from '../records.ts';
import { fileItem } from './configuration-item.ts';
import { items, placeKey, resources, type ConfigPorts, type ItemRecord, type Place } from './ports.ts';

const pageCount = 1000;

/**
 * The text of a snapshot, piece by piece: one JSON document on one line, as Athena and its kin read it. It holds what
 * was captured up to its order, however late it is made; at no time more than a page of it is in memory.
 */
export async function* snapshotText(
  { records }: Pick<ConfigPorts, 'records'>,
  of: Place & { readonly configSnapshotId: string; readonly orderedAtMillis: number },
): AsyncGenerator<string, void, undefined> {
  yield `{"fileVersion":"1.0","configSnapshotId":${JSON.stringify(of.configSnapshotId)},"configurationItems":[`;
  let separator = '';
  for await (const page of itemsUpTo(records, of, of.orderedAtMillis)) {
    const texts = page.filter(isCurrent).map((item) => JSON.stringify(fileItem(item)));
    if (texts.length === 0) continue;
    yield separator + texts.join(',');
    separator = ',';
  }
  yield ']}';
}

/** Page by page, the newest item of each resource that was captured until then. spec: CFG-SNAPSHOT-4 */
async function* itemsUpTo(
  records: Records,
  place: Place,
  untilMillis: number,
): AsyncGenerator<readonly ItemRecord[], void, undefined> {
  const prefix = `${placeKey(place)}/`;
  let after: string | undefined;
  for (;;) {
    const page = await records.list(resources, {
      prefix,
      limit: pageCount,
      ...(after === undefined ? {} : { after }),
    });
    after = page.at(-1)?.key;
    if (after === undefined) return;
    const found: ItemRecord[] = [];
    for (const { key, value } of page) {
      const item =
        value.item.capturedAtMillis <= untilMillis ? value.item : await earlier(key, untilMillis, records);
      if (item !== null) found.push(item);
    }
    yield found;
  }
}

/** Of a resource that has changed since. */
async function earlier(resource: string, untilMillis: number, records: Records): Promise<ItemRecord | null> {
  let found: ItemRecord | null = null;
  let after: string | undefined;
  for (;;) {
    const page = await records.list(items, {
      prefix: `${resource}\u0001`,
      limit: pageCount,
      ...(after === undefined ? {} : { after }),
    });
    after = page.at(-1)?.key;
    if (after === undefined) return found;
    for (const { value } of page) {
      if (value.capturedAtMillis > untilMillis) return found;
      found = value;
    }
  }
}

function isCurrent({ status }: ItemRecord): boolean {
  return status === 'OK' || status === 'ResourceDiscovered';
}

/** In the order of type, then ID: those that are there and recorded. */
export async function currentItems(
  { records }: Pick<ConfigPorts, 'records'>,
  place: Place,
): Promise<readonly ItemRecord[]> {
  const known = await knownItems(records, place);
  return known.filter(isCurrent);
}

/** The newest item of everything that was ever seen. */
export async function knownItems(records: Records, place: Place): Promise<readonly ItemRecord[]> {
  const stored = await records.list(resources, { prefix: `${placeKey(place)}/`, limit: Infinity });
  return stored.map(({ value }) => value.item);
}
