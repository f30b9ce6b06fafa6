/** Resources of the server itself as configuration items of this moment. spec: CFG-ITEM-4 */
import type { InventoryItem, ItemRecord, Place } from './ports.ts';

export function inventoryItem(item: InventoryItem, place: Place, capturedAtMillis: number): ItemRecord {
  return {
    ...place,
    awsRegion: item.awsRegion,
    capturedAtMillis,
    status: 'ResourceDiscovered',
    resourceType: item.resourceType,
    resourceId: item.resourceId,
    resourceName: item.resourceName,
    arn: item.arn,
    availabilityZone: item.availabilityZone,
    resourceCreatedAtMillis: item.resourceCreationTimeMillis,
    tags: item.tags,
    relationships: item.relationships ?? [],
    configuration: item.configuration,
    supplementaryConfiguration: item.supplementaryConfiguration,
  };
}
