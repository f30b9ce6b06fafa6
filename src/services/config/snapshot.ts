/**
 * The content of a configuration snapshot: the newest item of everything that is recorded and there.
 * spec: CFG-SNAPSHOT-2, CFG-SNAPSHOT-3
 */
import type { Records } from '../records.ts';
import { fileItem } from './configuration-item.ts';
import { inventoryItem } from './inventory-item.ts';
import {
  customResources,
  placeKey,
  recorders,
  type ConfigPorts,
  type ItemRecord,
  type Place,
} from './ports.ts';
import { isRecorded, recordingGroupOf } from './recording-group.ts';

/** One JSON document on one line, as Athena and its kin read it. */
export async function snapshotText(
  ports: Pick<ConfigPorts, 'records' | 'inventory'>,
  of: Place & { readonly partition: string; readonly configSnapshotId: string; readonly nowMillis: number },
): Promise<string> {
  const items = await currentItems(ports, of);
  return JSON.stringify({
    fileVersion: '1.0',
    configSnapshotId: of.configSnapshotId,
    configurationItems: items.map(fileItem),
  });
}

/** In the order of type, then ID. */
export async function currentItems(
  ports: Pick<ConfigPorts, 'records' | 'inventory'>,
  of: Place & { readonly partition: string; readonly nowMillis: number },
): Promise<readonly ItemRecord[]> {
  const place: Place = { account: of.account, region: of.region };
  const recorder = await ports.records.get(recorders, placeKey(place));
  const group = recorder?.value.recordingGroup ?? recordingGroupOf(undefined);
  const own = (await ports.inventory.of(of)).map((item) => inventoryItem(item, place, of.nowMillis));
  const custom = await currentCustomItems(ports.records, place);
  return [...own, ...custom].filter((item) => isRecorded(group, item.resourceType));
}

async function currentCustomItems(records: Records, place: Place): Promise<readonly ItemRecord[]> {
  const stored = await records.list(customResources, { prefix: `${placeKey(place)}/`, limit: Infinity });
  return stored.filter(({ value }) => !value.isDeleted).map(({ value }) => value.item);
}
