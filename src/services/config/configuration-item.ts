/**
 * A configuration item in its two forms: as it stands in delivered files and as the API answers it. They differ in
 * names, types and in how absent members look.
 * spec: CFG-ITEM-1, CFG-ITEM-2, CFG-ITEM-3
 */
import type { BaseConfigurationItem, ConfigurationItem, ResourceType } from '@aws-sdk/client-config-service';
import type { ItemRecord } from './ports.ts';

export const configurationItemVersion = '1.3';

/** Top-level nulls are left out of files. */
export function fileItem(item: ItemRecord): Readonly<Record<string, unknown>> {
  const relationships = item.relationships.map(({ resourceName, ...others }) => ({
    resourceId: others.resourceId,
    ...(resourceName === null ? {} : { resourceName }),
    resourceType: others.resourceType,
    name: others.name,
  }));
  const members: Readonly<Record<string, unknown>> = { ...noticeItem(item), relationships };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

/**
 * As a notification carries it, nulls and all: the members in the order in which AWS writes them, since people
 * compare them as text.
 */
export function noticeItem(item: ItemRecord): Readonly<Record<string, unknown>> {
  return {
    relatedEvents: [],
    relationships: item.relationships.map(({ resourceId, resourceName, resourceType, name }) => ({
      resourceId,
      resourceName,
      resourceType,
      name,
    })),
    configuration: item.configuration,
    supplementaryConfiguration: item.supplementaryConfiguration,
    tags: item.tags,
    configurationItemVersion,
    configurationItemCaptureTime: new Date(item.capturedAtMillis).toISOString(),
    configurationStateId: item.capturedAtMillis,
    awsAccountId: item.account,
    configurationItemStatus: item.status,
    resourceType: item.resourceType,
    resourceId: item.resourceId,
    resourceName: item.resourceName,
    ARN: item.arn,
    awsRegion: item.awsRegion,
    availabilityZone: item.availabilityZone,
    configurationStateMd5Hash: '',
    resourceCreationTime: isoOrNull(item.resourceCreatedAtMillis),
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

function isoOrNull(millis: number | null): string | null {
  return millis === null ? null : new Date(millis).toISOString();
}

/** The SDK's list of types is closed, AWS's is not: custom resources have types of their own. */
export function asResourceType(text: string): ResourceType {
  // The schema carries it as a plain string.
  return text as ResourceType;
}
