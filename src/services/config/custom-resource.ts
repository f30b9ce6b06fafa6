/** Custom resources: what PutResourceConfig and DeleteResourceConfig share. */
import type { OperationContext } from '../operation.ts';
import { put, type Stored } from '../records.ts';
import { configErrors } from './errors.ts';
import { findRecorder, placeOf } from './find-recorder.ts';
import {
  customResourceKey,
  customResources,
  itemKey,
  items,
  type ConfigPorts,
  type CustomResourceRecord,
  type ItemRecord,
} from './ports.ts';

type Context = OperationContext<ConfigPorts>;

/** First segments of types that AWS keeps to itself. */
const reservedVendors = ['amzn', 'amazon', 'alexa', 'custom', 'aws'];

/** @throws ValidationException the type has not three segments, or a vendor that nobody may use. spec: CFG-CUSTOM-2 */
export function assertCustomType(resourceType: string): void {
  const [vendor = '', ...rest] = resourceType.split('::');
  if (rest.length !== 2 || rest.includes('') || vendor === '')
    throw configErrors.validation({
      message: `The resource type ${resourceType} is not of the form Vendor::Service::Resource.`,
    });
  if (reservedVendors.includes(vendor.toLowerCase()))
    throw configErrors.validation({
      message: `The resource type ${resourceType} begins with a reserved name.`,
    });
}

/** @throws NoRunningConfigurationRecorderException */
export async function assertRecording(context: Context): Promise<void> {
  const recorder = await findRecorder(context);
  if (recorder?.value.isRecording !== true) throw configErrors.noRunningRecorder();
}

export function findCustomResource(
  resourceType: string,
  resourceId: string,
  context: Context,
): Promise<Stored<CustomResourceRecord> | null> {
  return context.ports.records.get(
    customResources,
    customResourceKey(placeOf(context), resourceType, resourceId),
  );
}

/**
 * Stores a resource's next item. Items of one resource never share a moment: their order is their state IDs'.
 * spec: CFG-ITEM-5
 */
export async function recordItem(
  before: Stored<CustomResourceRecord> | null,
  next: Omit<ItemRecord, 'capturedAtMillis'>,
  context: Context,
): Promise<void> {
  const place = placeOf(context);
  const { resourceType, resourceId } = next;
  const lastMillis = before?.value.item.capturedAtMillis ?? 0;
  const item: ItemRecord = { ...next, capturedAtMillis: Math.max(context.nowMillis(), lastMillis + 1) };
  const resource: CustomResourceRecord = {
    ...place,
    resourceType,
    resourceId,
    isDeleted: item.status === 'ResourceDeleted',
    item,
  };
  const committed = await context.ports.records.commit([
    put(customResources, customResourceKey(place, resourceType, resourceId), resource, {
      ifRevision: before?.revision ?? 0,
    }),
    put(items, itemKey(place, resourceType, resourceId, item.capturedAtMillis), item, { ifRevision: 0 }),
  ]);
  if (committed === 'conflict') throw configErrors.busy();
}
