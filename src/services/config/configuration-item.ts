/**
 * A configuration item in its two forms: as it stands in delivered files and as the API answers it. They differ in
 * names, types and in how absent members look.
 * spec: CFG-ITEM-1, CFG-ITEM-2, CFG-ITEM-3
 */
import type { BaseConfigurationItem, ConfigurationItem, ResourceType } from '@aws-sdk/client-config-service';
import type { ItemRecord } from './ports.ts';

export const configurationItemVersion = '1.3';

/** As a file carries it: what is null is undefined here, which JSON leaves out. */
export function fileItem(item: ItemRecord): Readonly<Record<string, unknown>> {
  return itemMembers(item, undefined);
}

/** As a notification carries it, nulls and all. */
export function noticeItem(item: ItemRecord): Readonly<Record<string, unknown>> {
  return itemMembers(item, null);
}

/**
 * The members in the order in which AWS writes them: people compare items as text. A snapshot asks for each of its
 * items, so that nothing is copied here.
 */
function itemMembers(item: ItemRecord, none: null | undefined): Readonly<Record<string, unknown>> {
  const { resourceCreatedAtMillis, recordingFrequency } = item;
  return {
    relatedEvents: [],
    relationships: item.relationships.map((relationship) => ({
      resourceId: relationship.resourceId,
      resourceName: relationship.resourceName ?? none,
      resourceType: relationship.resourceType,
      name: relationship.name,
    })),
    configuration: item.configuration ?? none,
    supplementaryConfiguration: item.supplementaryConfiguration,
    tags: item.tags,
    configurationItemVersion,
    configurationItemCaptureTime: new Date(item.capturedAtMillis).toISOString(),
    configurationStateId: item.capturedAtMillis,
    awsAccountId: item.account,
    configurationItemStatus: item.status,
    resourceType: item.resourceType,
    resourceId: item.resourceId,
    resourceName: item.resourceName ?? none,
    ARN: item.arn ?? none,
    awsRegion: item.awsRegion,
    availabilityZone: item.availabilityZone ?? none,
    configurationStateMd5Hash: '',
    resourceCreationTime:
      resourceCreatedAtMillis === null ? none : new Date(resourceCreatedAtMillis).toISOString(),
    // Absent where it was recorded as it changed. spec: CFG-DAILY-2
    recordingFrequency,
    configurationItemDeliveryTime:
      recordingFrequency === undefined ? undefined : new Date(item.capturedAtMillis).toISOString(),
  };
}

/** As `GetResourceConfigHistory` answers it: documents within are JSON texts, names are the API's. */
export function apiItem(item: ItemRecord): ConfigurationItem {
  return {
    ...baseApiItem(item),
    configurationItemMD5Hash: '',
    tags: { ...item.tags },
    relatedEvents: [],
    relationships: item.relationships.map(({ resourceType, resourceId, resourceName, name }) => ({
      resourceType: asResourceType(resourceType),
      resourceId,
      resourceName: resourceName ?? undefined,
      relationshipName: name,
    })),
  };
}

/** As `BatchGetResourceConfig` answers it: without tags and relationships. */
export function baseApiItem(item: ItemRecord): BaseConfigurationItem {
  return {
    version: configurationItemVersion,
    accountId: item.account,
    configurationItemCaptureTime: new Date(item.capturedAtMillis),
    configurationItemStatus: item.status,
    configurationStateId: String(item.capturedAtMillis),
    arn: item.arn ?? undefined,
    resourceType: asResourceType(item.resourceType),
    resourceId: item.resourceId,
    resourceName: item.resourceName ?? undefined,
    awsRegion: item.awsRegion,
    availabilityZone: item.availabilityZone ?? undefined,
    resourceCreationTime:
      item.resourceCreatedAtMillis === null ? undefined : new Date(item.resourceCreatedAtMillis),
    configuration: item.configuration === null ? undefined : JSON.stringify(item.configuration),
    supplementaryConfiguration: Object.fromEntries(
      Object.entries(item.supplementaryConfiguration).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    // Where they are absent, it was recorded as it changed. spec: CFG-DAILY-2
    ...(item.recordingFrequency === undefined
      ? {}
      : {
          recordingFrequency: item.recordingFrequency,
          configurationItemDeliveryTime: new Date(item.capturedAtMillis),
        }),
  };
}

/** The SDK's list of types is closed, AWS's is not: custom resources have types of their own. */
export function asResourceType(text: string): ResourceType {
  // The schema carries it as a plain string.
  return text as ResourceType;
}
