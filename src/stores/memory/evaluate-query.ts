/** What a question means, as a program that reads record after record: the model for the other stores. spec: STORE-10 */
import type {
  Condition,
  Group,
  GroupOrder,
  Measure,
  Operand,
  Order,
  Path,
  Position,
  RecordAggregation,
  Scalar,
  ValueTest,
} from '../../services/record-query.ts';
import { compareBytes } from './compare-bytes.ts';

/** Whether the condition holds for a record's value. */
export function holds(condition: Condition, record: unknown): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(part, record));
    case 'any':
      return condition.of.some((part) => holds(part, record));
    case 'not':
      return !holds(condition.of, record);
    case 'test':
      return valuesOf(condition.operand, record).some((value) => passes(condition, value));
  }
}

function passes(test: ValueTest, value: Scalar): boolean {
  switch (test.test) {
    case '=':
      return value === test.value;
    case '<':
      return isAlike(value, test.value) && compare(value, test.value) < 0;
    case '<=':
      return isAlike(value, test.value) && compare(value, test.value) <= 0;
    case '>':
      return isAlike(value, test.value) && compare(value, test.value) > 0;
    case '>=':
      return isAlike(value, test.value) && compare(value, test.value) >= 0;
    case 'between':
      return (
        passes({ test: '>=', value: test.low }, value) && passes({ test: '<=', value: test.high }, value)
      );
    case 'among':
      return test.values.includes(value);
    case 'like': {
      if (typeof value !== 'string' || !value.startsWith(test.startsWith)) return false;
      const rest = Array.from(value.slice(test.startsWith.length)).length;
      return rest >= test.restMin && (test.restMax === null || rest <= test.restMax);
    }
  }
}

function isAlike(a: Scalar, b: Scalar): boolean {
  return typeof a === typeof b;
}

/** Every value that the operand leads to. */
function valuesOf(operand: Operand, record: unknown): readonly Scalar[] {
  switch (operand.kind) {
    case 'constant':
      return [operand.value];
    case 'entries':
      return entriesOf(operand, record);
    case 'path':
      return isReachable(operand, record) ? operand.path.reduce(members, [record]).filter(isScalar) : [];
  }
}

/** The members of this name, each element of an array for itself. */
function members(of: readonly unknown[], name: string): readonly unknown[] {
  return of.flatMap((value) => {
    const member = memberOf(value, name);
    return Array.isArray(member) ? (member as readonly unknown[]) : [member];
  });
}

/** The one value that stands for the operand where one is needed; `null`: none. */
function valueOf(operand: Operand, record: unknown): Scalar | null {
  if (operand.kind === 'constant') return operand.value;
  if (operand.kind === 'entries') return entriesOf(operand, record)[0] ?? null;
  if (!isReachable(operand, record)) return null;
  const value = operand.path.reduce<unknown>((at, name) => {
    const member = memberOf(at, name);
    return Array.isArray(member) ? (member as readonly unknown[])[0] : member;
  }, record);
  return isScalar(value) ? value : null;
}

function isReachable({ onlyIf }: Extract<Operand, { kind: 'path' }>, record: unknown): boolean {
  if (onlyIf === undefined) return true;
  const value = atPath(onlyIf.path, record);
  return typeof value === 'string' && value.startsWith(onlyIf.startsWith);
}

function entriesOf(
  { path, part }: Extract<Operand, { kind: 'entries' }>,
  record: unknown,
): readonly string[] {
  const of = atPath(path, record);
  if (typeof of !== 'object' || of === null || Array.isArray(of)) return [];
  const entries: readonly (readonly [string, unknown])[] = Object.entries(of);
  return entries.flatMap(([key, value]) => {
    if (part === 'key') return [key];
    if (typeof value !== 'string') return [];
    return part === 'value' ? [value] : [`${key}=${value}`];
  });
}

function atPath(path: Path, record: unknown): unknown {
  return path.reduce(memberOf, record);
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Where a record stands in the order of a selection. */
export function positionOf(orderBy: readonly Order[], key: string, record: unknown): Position {
  return { values: orderBy.map(({ operand }) => valueOf(operand, record)), key };
}

/** Negative: `a` stands before `b`. */
export function comparePositions(orderBy: readonly Order[], a: Position, b: Position): number {
  for (const [index, { isDescending }] of orderBy.entries()) {
    const order = compareValues(a.values[index] ?? null, b.values[index] ?? null);
    if (order !== 0) return isDescending ? -order : order;
  }
  return compareBytes(a.key, b.key);
}

/** No value, booleans, numbers, texts. */
function compareValues(a: Scalar | null, b: Scalar | null): number {
  return rankOf(a) - rankOf(b) || (a === null || b === null ? 0 : compare(a, b));
}

function rankOf(value: Scalar | null): number {
  return value === null ? 0 : { boolean: 1, number: 2, string: 3 }[typeof value as 'boolean'];
}

function compare(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareBytes(a, b);
  return Number(a) - Number(b);
}

/** The groups of these records, which the question's conditions hold for. */
export function groupsOf(of: RecordAggregation, records: readonly unknown[]): readonly Group[] {
  const { groupBy, measures, orderBy, after, limit } = of;
  const groups = Map.groupBy(records, (record) =>
    JSON.stringify(groupBy.map((operand) => valueOf(operand, record))),
  );
  if (groupBy.length === 0 && groups.size === 0) groups.set('[]', []);
  const order: readonly GroupOrder[] = [
    ...orderBy,
    ...groupBy.map((_, index) => ({ by: 'group', index, isDescending: false }) as const),
  ];
  const last = after === undefined ? null : { values: after, measures: [] };
  return [...groups]
    .map(([text, members]) => ({
      // Written as such a list above.
      values: JSON.parse(text) as readonly (Scalar | null)[],
      measures: measures.map((measure) => measured(measure, members)),
    }))
    .filter((group) => last === null || compareGroups(order, group, last) > 0)
    .sort((a, b) => compareGroups(order, a, b))
    .slice(0, limit);
}

function compareGroups(order: readonly GroupOrder[], a: Group, b: Group): number {
  for (const { by, index, isDescending } of order) {
    const of = (group: Group) => (by === 'group' ? group.values[index] : group.measures[index]) ?? null;
    const compared = compareValues(of(a), of(b));
    if (compared !== 0) return isDescending ? -compared : compared;
  }
  return 0;
}

function measured(measure: Measure, records: readonly unknown[]): number | string | null {
  const { kind, operand } = measure;
  if (operand === null) return records.length;
  const values = records.map((record) => valueOf(operand, record)).filter((value) => value !== null);
  if (kind === 'count') return values.length;
  if (kind === 'min' || kind === 'max') {
    const sorted = values.filter((value) => typeof value !== 'boolean').sort(compareValues);
    return (kind === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
  }
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((a, b) => a + b, 0);
  return kind === 'sum' ? sum : sum / numbers.length;
}
