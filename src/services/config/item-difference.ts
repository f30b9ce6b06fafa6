/**
 * What changed between two items of a resource, as notifications tell it.
 * spec: CFG-STREAM-3, CFG-STREAM-4
 */
import { isDeepStrictEqual } from 'node:util';
import { noticeItem } from './configuration-item.ts';
import type { ItemRecord } from './ports.ts';

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE';

export interface PropertyChange {
  readonly previousValue: unknown;
  readonly updatedValue: unknown;
  readonly changeType: ChangeType;
}

export interface ItemDifference {
  /** By path: `Configuration.NetworkInterfaces.1`. */
  readonly changedProperties: Readonly<Record<string, PropertyChange>>;
  readonly changeType: ChangeType;
}

/** @param before `null`: there was none, so that nothing is compared */
export function itemDifference(before: ItemRecord | null, item: ItemRecord): ItemDifference {
  const changeType = changeTypeOf(before, item);
  if (before === null) return { changedProperties: {}, changeType };
  const [was, is] = [noticeItem(before), noticeItem(item)];
  const changes: [string, PropertyChange][] = [];
  for (const member of comparedMembers) compare(capitalised(member), was[member], is[member], changes);
  return { changedProperties: Object.fromEntries(changes), changeType };
}

export function changeTypeOf(before: ItemRecord | null, { status }: ItemRecord): ChangeType {
  if (status === 'ResourceDeleted' || status === 'ResourceDeletedNotRecorded') return 'DELETE';
  return before === null ? 'CREATE' : 'UPDATE';
}

/** In the order of the item. What else differs follows from these. */
const comparedMembers = ['relationships', 'configuration', 'supplementaryConfiguration', 'tags'] as const;

function compare(path: string, was: unknown, is: unknown, changes: [string, PropertyChange][]): void {
  if (isDeepStrictEqual(was, is)) return;
  if (Array.isArray(was) && Array.isArray(is)) {
    compareLists(path, was, is, changes);
    return;
  }
  if (!isObject(was) || !isObject(is)) {
    changes.push([path, propertyChange(was, is)]);
    return;
  }
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    // Two tags may differ in the case of their first letter only.
    const segment = path === 'Tags' ? name : capitalised(name);
    compare(`${path}.${segment}`, was[name], is[name], changes);
  }
}

/** Of lists what went and what came is told, one after the other: places within a list mean nothing to AWS. */
function compareLists(
  path: string,
  was: readonly unknown[],
  is: readonly unknown[],
  changes: [string, PropertyChange][],
): void {
  const gone = without(was, is);
  const come = without(is, was);
  [
    ...gone.map((element) => propertyChange(element, null)),
    ...come.map((element) => propertyChange(null, element)),
  ].forEach((change, index) => changes.push([`${path}.${index}`, change]));
  // The same elements in another order.
  if (gone.length + come.length === 0) changes.push([path, propertyChange(was, is)]);
}

/** The elements of `list` that are not in `others`, each of which counts once. */
function without(list: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const left = new Map<string, number>();
  for (const other of others) {
    const text = JSON.stringify(other);
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return list.filter((element) => {
    const text = JSON.stringify(element);
    const count = left.get(text) ?? 0;
    if (count > 0) left.set(text, count - 1);
    return count === 0;
  });
}

function propertyChange(was: unknown, is: unknown): PropertyChange {
  const previousValue = was ?? null;
  const updatedValue = is ?? null;
  const changeType = previousValue === null ? 'CREATE' : updatedValue === null ? 'DELETE' : 'UPDATE';
  return { previousValue, updatedValue, changeType };
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
