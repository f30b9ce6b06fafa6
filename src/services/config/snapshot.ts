/**
 * The content of a configuration snapshot: the newest item of everything that is recorded and there.
 * spec: CFG-SNAPSHOT-2, CFG-SNAPSHOT-3, CFG-SNAPSHOT-4
 */
import type { Records } from '../records.ts';
import { fileItem } from './configuration-item.ts';
import {
  isCurrent,
  itemKey,
  items,
  itemsPrefix,
  placeKey,
  resources,
  type ConfigPorts,
  type ItemRecord,
  type Place,
  type ResourceRecord,
} from './ports.ts';

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
    const current = page.filter(isCurrent).map(fileItem);
    if (current.length === 0) continue;
    // Without the brackets of the list.
    yield separator + JSON.stringify(current).slice(1, -1);
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
    for (const { value } of page) {
      const item =
        value.item.capturedAtMillis <= untilMillis ? value.item : await earlier(value, untilMillis, records);
      if (item !== null) found.push(item);
    }
    yield found;
  }
}

/** Of a resource that has changed since. */
async function earlier(
  { resourceType, resourceId, item }: ResourceRecord,
  untilMillis: number,
  records: Records,
): Promise<ItemRecord | null> {
  const [found] = await records.list(items, {
    prefix: itemsPrefix(item, resourceType, resourceId),
    below: itemKey(item, resourceType, resourceId, untilMillis + 1),
    isDescending: true,
    limit: 1,
  });
  return found?.value ?? null;
}
