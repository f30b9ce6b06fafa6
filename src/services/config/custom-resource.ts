/** Custom resources: what PutResourceConfig and DeleteResourceConfig share. */
import type { OperationContext } from '../operation.ts';
import type { Stored } from '../records.ts';
import { configErrors } from './errors.ts';
import { findRecorder, placeOf } from './find-recorder.ts';
import { hasTopic, itemChanges } from './record-resource.ts';
import { resourceKey, resources, type ConfigPorts, type ResourceRecord, type ItemRecord } from './ports.ts';

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
): Promise<Stored<ResourceRecord> | null> {
  return context.ports.records.get(resources, resourceKey(placeOf(context), resourceType, resourceId));
}

/** Stores a custom resource's next item. */
export async function recordItem(
  before: Stored<ResourceRecord> | null,
  next: Omit<ItemRecord, 'capturedAtMillis'>,
  context: Context,
): Promise<void> {
  const { records, deliveries } = context.ports;
  const isToldOf = await hasTopic(records, next);
  const changes = itemChanges(before, next, { nowMillis: context.nowMillis(), isToldOf });
  if ((await records.commit(changes)) === 'conflict') throw configErrors.busy();
  if (isToldOf) deliveries.wake();
}
