/**
 * The content of a configuration snapshot: the newest item of everything that is recorded and there.
 * spec: CFG-SNAPSHOT-2, CFG-SNAPSHOT-3
 */
import type { Records } from '../records.ts';
import { fileItem } from './configuration-item.ts';
import { placeKey, resources, type ConfigPorts, type ItemRecord, type Place } from './ports.ts';

/** One JSON document on one line, as Athena and its kin read it. */
export async function snapshotText(
  ports: Pick<ConfigPorts, 'records'>,
  of: Place & { readonly configSnapshotId: string },
): Promise<string> {
  const items = await currentItems(ports, of);
  return JSON.stringify({
    fileVersion: '1.0',
    configSnapshotId: of.configSnapshotId,
    configurationItems: items.map(fileItem),
  });
}

/** In the order of type, then ID: those that are there and recorded. */
export async function currentItems(
  { records }: Pick<ConfigPorts, 'records'>,
  place: Place,
): Promise<readonly ItemRecord[]> {
  const known = await knownItems(records, place);
  return known.filter(({ status }) => status === 'OK' || status === 'ResourceDiscovered');
}

/** The newest item of everything that was ever seen. */
export async function knownItems(records: Records, place: Place): Promise<readonly ItemRecord[]> {
  const stored = await records.list(resources, { prefix: `${placeKey(place)}/`, limit: Infinity });
  return stored.map(({ value }) => value.item);
}
