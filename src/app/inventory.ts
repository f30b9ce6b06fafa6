/** What the server holds itself, as AWS Config records it. */
import type { Records } from '../services/records.ts';
import type { ConfigPorts, InventoryItem } from '../services/config/ports.ts';
import { describeRoles } from '../services/iam/inventory.ts';
import { keyInventory } from '../services/kms/inventory.ts';
import { bucketInventory } from '../services/s3/inventory.ts';

export function inventoryOf(records: Records): ConfigPorts['inventory'] {
  return {
    async of(place) {
      const [roles, keys, buckets] = await Promise.all([
        describeRoles(records, place.account),
        keyInventory(records, place),
        bucketInventory(records, place),
      ]);
      const items: readonly InventoryItem[] = [...roles, ...keys, ...buckets];
      return items;
    },
  };
}
