import type { OperationContext } from '../../operation.ts';
import type { Group, RecordAggregation } from '../../record-query.ts';
import { currentCounts } from '../current-counts.ts';
import type { ConfigPorts } from '../ports.ts';
import type { GroupsQuery } from './compile-query.ts';

/** The groups of a question that only counts resources, by type or all together: no resource is read for them. */
export async function countedGroups(
  { measures, orderBy, after, limit }: RecordAggregation,
  { isByType, types }: NonNullable<GroupsQuery['countedTypes']>,
  context: OperationContext<ConfigPorts>,
): Promise<readonly Group[]> {
  const counts = (await currentCounts(context)).filter(({ type }) => types?.includes(type) ?? true);
  const group = (value: string | null, count: number): Group => ({
    values: value === null ? [] : [value],
    measures: measures.map(() => count),
  });
  if (!isByType)
    return [
      group(
        null,
        counts.reduce((sum, { count }) => sum + count, 0),
      ),
    ];
  const last = after?.[0];
  const [first] = orderBy;
  const isTypeDescending = first?.by === 'group' && first.isDescending;
  const byType = isTypeDescending ? counts.toReversed() : counts;
  const rest = byType.filter(
    ({ type }) => typeof last !== 'string' || (isTypeDescending ? type < last : type > last),
  );
  const sorted =
    first?.by === 'measure'
      ? rest.toSorted((a, b) => (first.isDescending ? b.count - a.count : a.count - b.count))
      : rest;
  return sorted.slice(0, limit).map(({ type, count }) => group(type, count));
}
