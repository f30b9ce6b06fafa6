/**
 * An expression as a question to the store: which keys it reads, what holds, what comes back. Pure: nothing is read.
 * spec: CFG-QUERY-2, CFG-QUERY-4, CFG-QUERY-5, CFG-QUERY-6
 */
import {
  type Condition,
  type GroupOrder,
  type Measure,
  type Order,
  type RecordAggregation,
  type RecordSelection,
  type Scope,
} from '../../record-query.ts';
import { configErrors } from '../errors.ts';
import { placeKey, resourceKey, type Place } from '../ports.ts';
import { compileCondition } from './compile-condition.ts';
import type { Aggregate, Expression, Literal, OrderItem, Predicate, PropertyName } from './expression.ts';
import { assertSelectable, propertyOf, type Property } from './properties.ts';

export type CompiledQuery = RowsQuery | GroupsQuery;

/** Each resource is a row. */
export interface RowsQuery {
  readonly kind: 'rows';
  readonly fields: readonly string[];
  readonly selection: Omit<RecordSelection, 'after' | 'limit'>;
}

/** Each group is a row. */
export interface GroupsQuery {
  readonly kind: 'groups';
  readonly fields: readonly GroupField[];
  readonly aggregation: Omit<RecordAggregation, 'after' | 'limit'>;
  /** Not where the order is by an aggregate. */
  readonly isPaged: boolean;
  /**
   * Where only resources are counted, by no more than their type, the index that has them by type answers:
   * whether the groups are by type, and which types are wanted (`null`: all). `null`: it is more than that.
   */
  readonly countedTypes: { readonly isByType: boolean; readonly types: readonly string[] | null } | null;
}

export interface GroupField {
  /** As it stands in the answer. */
  readonly name: string;
  readonly from: 'group' | 'measure';
  /** Its place in `groupBy` or `measures`. */
  readonly index: number;
  readonly form: Property['form'];
}

/** What `SELECT *` shows. */
const topLevelScalars = [
  'accountId',
  'awsRegion',
  'arn',
  'availabilityZone',
  'configurationItemCaptureTime',
  'resourceCreationTime',
  'resourceId',
  'resourceName',
  'resourceType',
  'version',
] as const;

const groupByMax = 3;
const orderByMax = 32;

/** @throws InvalidExpressionException what parses and still can't be asked */
export function compileQuery(expression: Expression, place: Place): CompiledQuery {
  const { select, groupBy } = expression;
  const beyond = expression.orderBy[orderByMax];
  if (beyond !== undefined)
    throw misplaced(beyond.by, `ORDER BY takes up to ${String(orderByMax)} properties`);
  const isGrouped = groupBy.length > 0 || select.some(({ kind }) => kind === 'aggregate');
  return isGrouped ? groupsQuery(expression, place) : rowsQuery(expression, place);
}

function rowsQuery(expression: Expression, place: Place): RowsQuery {
  const fields = expression.select.flatMap((item) => {
    if (item.kind === 'everything') return topLevelScalars;
    if (item.kind === 'aggregate') throw misplaced(item, 'an aggregate function stands beside no property');
    assertSelectable(item);
    return [item.name];
  });
  const orderBy = expression.orderBy.map(({ by, isDescending }): Order => {
    if (by.kind === 'aggregate') throw misplaced(by, 'ORDER BY an aggregate function needs GROUP BY');
    return { operand: propertyOf(by).operand, isDescending };
  });
  return { kind: 'rows', fields, selection: { ...sourceOf(expression.where, place), orderBy } };
}

function groupsQuery(expression: Expression, place: Place): GroupsQuery {
  const { select, where, groupBy, orderBy } = expression;
  const byAggregate = orderBy.find(({ by }) => by.kind === 'aggregate');
  const isPaged = byAggregate === undefined;
  const [, second, third, fourth] = groupBy;
  if (fourth !== undefined) throw misplaced(fourth, `GROUP BY takes up to ${String(groupByMax)} properties`);
  if (!isPaged && (second ?? third) !== undefined)
    throw misplaced(byAggregate.by, 'ORDER BY an aggregate function takes one property in GROUP BY');
  const measures: Measure[] = [];
  const groupIndex = (property: PropertyName): number => {
    const index = groupBy.findIndex(({ name }) => name === property.name);
    if (index < 0)
      throw misplaced(property, `${property.name} is neither grouped by nor in an aggregate function`);
    return index;
  };
  const measureIndex = (aggregate: Aggregate): number => measures.push(measureOf(aggregate)) - 1;
  const fields = select.map((item): GroupField => {
    if (item.kind === 'everything') throw misplaced(item, 'everything (*) is not grouped by');
    if (item.kind === 'property')
      return { name: item.name, from: 'group', index: groupIndex(item), form: propertyOf(item).form };
    const form = showsItsProperty(item) ? propertyOf(item.property).form : 'plain';
    return { name: aggregateName(item), from: 'measure', index: measureIndex(item), form };
  });
  const order = orderBy.map(({ by, isDescending }): GroupOrder => {
    if (by.kind === 'property') return { by: 'group', index: groupIndex(by), isDescending };
    return { by: 'measure', index: measureIndex(by), isDescending };
  });
  return {
    kind: 'groups',
    fields,
    aggregation: {
      ...sourceOf(where, place),
      groupBy: groupBy.map((property) => propertyOf(property).operand),
      measures,
      orderBy: order,
    },
    isPaged,
    countedTypes: countedTypes(expression),
  };
}

function measureOf({ function: name, property }: Aggregate): Measure {
  const operand = property === null ? null : propertyOf(property).operand;
  if (operand === null) return { kind: 'count', operand };
  const kinds = { AVG: 'avg', COUNT: 'count', MAX: 'max', MIN: 'min', SUM: 'sum' } as const;
  return { kind: kinds[name], operand };
}

function aggregateName({ function: name, property }: Aggregate): string {
  return `${name}(${property?.name ?? '*'})`;
}

/** The least of times is a time, their number is none. */
function showsItsProperty(
  aggregate: Aggregate,
): aggregate is Aggregate & { readonly property: PropertyName } {
  return aggregate.property !== null && ['MIN', 'MAX'].includes(aggregate.function);
}

/** Only what is there and recorded is asked about. spec: CFG-QUERY-4 */
const isCurrent: Condition = {
  kind: 'test',
  operand: propertyOf({ kind: 'property', name: 'configurationItemStatus', at: { line: 1, column: 1 } })
    .operand,
  test: 'among',
  values: ['OK', 'ResourceDiscovered'],
};

/** The keys that can hold what is asked for, and what must hold of them besides. */
function sourceOf(
  where: Predicate | null,
  place: Place,
): { readonly scope: Scope; readonly where: Condition } {
  const { types, ids, rest } = narrowed(where);
  const conditions = [isCurrent, ...rest.map(compileCondition)];
  const [id, ...otherIds] = ids ?? [];
  const isOfOneId = id !== undefined && otherIds.length === 0;
  if (types === null && isOfOneId)
    return {
      scope: { kind: 'index', index: 'byId', value: `${placeKey(place)}\u0001${id}` },
      where: { kind: 'all', of: conditions },
    };
  const prefixes = types?.map((type) => resourceKey(place, type, isOfOneId ? id : ''));
  return {
    scope: { kind: 'keys', prefixes: prefixes ?? [`${placeKey(place)}/`] },
    where: { kind: 'all', of: conditions },
  };
}

/** What the AND of a WHERE says about the type and the ID, which the keys begin with. */
interface Narrowed {
  /** `null`: any. */
  readonly types: readonly string[] | null;
  readonly ids: readonly string[] | null;
  /** What the types do not say. */
  readonly rest: readonly Predicate[];
}

function narrowed(where: Predicate | null): Narrowed {
  const parts = where === null ? [] : where.kind === 'and' ? where.of : [where];
  const isOf = (name: string) => (part: Predicate) => valuesOf(part, name) !== null;
  const typeParts = parts.filter(isOf('resourceType'));
  return {
    types: meet(typeParts.map((part) => valuesOf(part, 'resourceType') ?? [])),
    ids: meet(parts.filter(isOf('resourceId')).map((part) => valuesOf(part, 'resourceId') ?? [])),
    // The ID is tested again: keys may begin alike.
    rest: parts.filter((part) => !typeParts.includes(part)),
  };
}

/** The texts that this predicate lets through for this property; `null`: it says something else. */
function valuesOf(predicate: Predicate, name: string): readonly string[] | null {
  const isAbout = (property: PropertyName): boolean => property.name === name;
  const texts = (literals: readonly Literal[]): readonly string[] =>
    [...new Set(literals.map(({ value }) => value))].filter((value) => typeof value === 'string');
  if (predicate.kind === 'compare' && predicate.operator === '=' && isAbout(predicate.property))
    return texts([predicate.value]);
  if (predicate.kind === 'in' && isAbout(predicate.property)) return texts(predicate.values);
  return null;
}

function meet(lists: readonly (readonly string[])[]): readonly string[] | null {
  const [first, ...others] = lists;
  if (first === undefined) return null;
  return first.filter((value) => others.every((list) => list.includes(value))).sort();
}

function countedTypes({ select, where, groupBy, orderBy }: Expression): GroupsQuery['countedTypes'] {
  const { types, rest } = narrowed(where);
  const counts = (item: Expression['select'][number] | OrderItem['by']): boolean =>
    item.kind === 'aggregate' ? item.property === null : item.kind === 'property';
  const isByType = groupBy.every(({ name }) => name === 'resourceType');
  const isCount = select.every(counts) && orderBy.every(({ by }) => counts(by));
  return rest.length === 0 && isByType && isCount ? { isByType: groupBy.length > 0, types } : null;
}

function misplaced({ at }: { readonly at: PropertyName['at'] }, why: string): Error {
  return configErrors.unsuitableValue({ why, line: String(at.line), column: String(at.column) });
}
