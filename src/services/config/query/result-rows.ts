/**
 * Rows of an answer as JSON texts: what was selected, nested along its path. What has no value is left out.
 * spec: CFG-QUERY-7
 */
import type { Group } from '../../record-query.ts';
import { configurationItemVersion } from '../configuration-item.ts';
import type { ItemRecord } from '../ports.ts';
import type { GroupField } from './compile-query.ts';

/** One resource as a row. */
export function resourceRow(item: ItemRecord, fields: readonly string[]): string {
  const wanted: Wanted = new Map();
  for (const field of fields) want(wanted, field.split('.'));
  return JSON.stringify(shown(documentOf(item), wanted));
}

/** One group as a row. */
export function groupRow({ values, measures }: Group, fields: readonly GroupField[]): string {
  const row: Record<string, unknown> = {};
  for (const { name, from, index, form } of fields) {
    const value = (from === 'group' ? values : measures)[index] ?? null;
    if (value === null) continue;
    const text = form === 'time' ? isoOf(Number(value)) : form === 'state' ? String(value) : value;
    // The name of an aggregate may hold dots and is no path.
    nest(row, from === 'group' ? name.split('.') : [name], text);
  }
  return JSON.stringify(row);
}

/** Members by name; `null`: all that is there. */
type Wanted = Map<string, Wanted | null>;

function want(wanted: Wanted, [name = '', ...rest]: readonly string[]): void {
  if (wanted.get(name) === null) return;
  if (rest.length === 0) {
    wanted.set(name, null);
    return;
  }
  const within = wanted.get(name) ?? new Map<string, Wanted | null>();
  wanted.set(name, within);
  want(within, rest);
}

function shown(value: unknown, wanted: Wanted | null): unknown {
  if (wanted === null) return value;
  if (Array.isArray(value))
    return value.map((element: unknown) => shown(element, wanted)).filter((element) => element !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  const members = [...wanted].flatMap(([name, within]) => {
    if (!Object.hasOwn(value, name)) return [];
    const member = shown((value as Readonly<Record<string, unknown>>)[name], within);
    return member === undefined ? [] : [[name, member] as const];
  });
  return Object.fromEntries(members);
}

/** The item as expressions see it. */
function documentOf(item: ItemRecord): Readonly<Record<string, unknown>> {
  return {
    accountId: item.account,
    arn: item.arn ?? undefined,
    availabilityZone: item.availabilityZone ?? undefined,
    awsRegion: item.awsRegion,
    // Custom resources are found, and what is in them is not shown. spec: CFG-QUERY-9
    configuration: item.resourceType.startsWith('AWS::') ? item.configuration : null,
    configurationItemCaptureTime: isoOf(item.capturedAtMillis),
    configurationItemStatus: item.status,
    configurationStateId: String(item.capturedAtMillis),
    recordingFrequency: item.recordingFrequency,
    relationships: item.relationships.map(({ resourceId, resourceName, resourceType }) => ({
      resourceId,
      resourceName: resourceName ?? undefined,
      resourceType,
    })),
    resourceCreationTime:
      item.resourceCreatedAtMillis === null ? undefined : isoOf(item.resourceCreatedAtMillis),
    resourceId: item.resourceId,
    resourceName: item.resourceName ?? undefined,
    resourceType: item.resourceType,
    supplementaryConfiguration: item.supplementaryConfiguration,
    tags: Object.entries(item.tags).map(([key, value]) => ({ key, value, tag: `${key}=${value}` })),
    version: configurationItemVersion,
  };
}

function nest(into: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const within = into[name];
  const object = typeof within === 'object' && within !== null ? (within as Record<string, unknown>) : {};
  into[name] = object;
  nest(object, rest, value);
}

function isoOf(millis: number): string {
  return new Date(millis).toISOString();
}
