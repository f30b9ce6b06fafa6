/** What the server holds itself, as AWS Config records it. */
import type { ConfigPorts, InventoryItem } from '../services/config/ports.ts';
import { iamInventory } from '../services/iam/inventory.ts';
import { aliasInventory } from '../services/kms/alias-inventory.ts';
import { keyInventory } from '../services/kms/inventory.ts';
import type { Records } from '../services/records.ts';
import { bucketInventory } from '../services/s3/inventory.ts';
import { topicInventory } from '../services/sns/inventory.ts';

export function inventoryOf(records: Records): ConfigPorts['inventory'] {
  return {
    async of(place) {
      const all: readonly (readonly InventoryItem[])[] = await Promise.all([
        iamInventory(records, place.account),
        keyInventory(records, place),
        aliasInventory(records, place),
        bucketInventory(records, place),
        topicInventory(records, place),
      ]);
      return all.flat();
    },
  };
}
