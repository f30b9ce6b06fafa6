/**
 * A question about records as one SQL query. Only its shape becomes text; every value, also every path, is a
 * parameter. spec: STORE-10
 */
import {
  pathMember,
  type Condition,
  type GroupOrder,
  type Measure,
  type Operand,
  type Order,
  type Path,
  type Position,
  type RecordAggregation,
  type RecordSelection,
  type Scalar,
  type Scope,
  type ValueTest,
} from '../../services/record-query.ts';
import { keyRange, successor, type KeyRange } from './key-range.ts';

export type Parameter = string | number | Uint8Array;

export interface Query {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** In SQLite every BLOB is greater than every text, so this bounds no listing. */
export const beyondAllText = new Uint8Array(0);

/** Columns `key`, `value`, `revision`, in the order of the keys, of one range of keys. */
export function selectionByKey(
  collection: string,
  { where, after }: RecordSelection,
  prefix: string,
  limit: number,
): Query {
  const of = new Parameters();
  const range = keyRange(after === undefined ? { prefix } : { prefix, after: after.key });
  const sql = `SELECT r.key, r.value, r.revision FROM records r
    WHERE r.collection = ${of.add(collection)} AND ${inRange('r.key', range, of)} AND ${conditionSql(where, of)}
    ORDER BY r.key LIMIT ${of.add(limit)}`;
  return { sql, parameters: of.list };
}

/** Columns `id` and, as JSON, `o0`, `o1`...: what each is ordered by. In the order of the selection. */
export function selectionByOrder(collection: string, selection: RecordSelection): Query {
  const { scope, where, orderBy, after, limit } = selection;
  const of = new Parameters();
  const columns = orderBy.map(({ operand }, n) => `, ${valueSql(operand, of)} AS o${String(n)}`).join('');
  const keys: readonly SortKey[] = [
    ...orderBy.flatMap(({ isDescending }, n) => sortKeys(`o${String(n)}`, isDescending)),
    { sql: 'key', isDescending: false },
  ];
  const sql = `WITH found AS MATERIALIZED (
      SELECT r.id, r.key${columns} FROM ${sourceSql(collection, scope, of)} AND ${conditionSql(where, of)}
    )
    SELECT * FROM found
    WHERE ${after === undefined ? '1' : isBehind(keys, positionValues(orderBy, after), of)}
    ORDER BY ${orderSql(keys)} LIMIT ${of.add(limit)}`;
  return { sql, parameters: of.list };
}

/** Columns `g0`, `g1`... as JSON, and `m0`, `m1`... as they are. */
export function aggregationSql(collection: string, aggregation: RecordAggregation): Query {
  const { scope, where, groupBy, measures, orderBy, after, limit } = aggregation;
  const of = new Parameters();
  const inner = [
    ...groupBy.map((operand, n) => `${valueSql(operand, of)} AS g${String(n)}`),
    ...measures.map((measure, n) => `${measuredSql(measure, of)} AS a${String(n)}`),
  ];
  const groups = groupBy.map((_, n) => `g${String(n)}`);
  const order: readonly GroupOrder[] = [
    ...orderBy,
    ...groupBy.map((_, index) => ({ by: 'group', index, isDescending: false }) as const),
  ];
  const keys = order.flatMap(({ by, index, isDescending }) =>
    by === 'group'
      ? sortKeys(`g${String(index)}`, isDescending)
      : [{ sql: `m${String(index)}`, isDescending }],
  );
  const values = (after ?? []).flatMap(sortValues);
  const lastValues = order.flatMap(({ index }) => values.slice(2 * index, 2 * index + 2));
  const sql = `WITH found AS MATERIALIZED (
      SELECT ${inner.length === 0 ? '1' : inner.join(', ')} FROM ${sourceSql(collection, scope, of)}
      AND ${conditionSql(where, of)}
    ), grouped AS (
      SELECT ${[...groups, ...measures.map(measureSql), 'count(*)'].join(', ')} FROM found
      ${groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`}
    )
    SELECT * FROM grouped WHERE ${after === undefined ? '1' : isBehind(keys, lastValues, of)}
    ${keys.length === 0 ? '' : `ORDER BY ${orderSql(keys)}`} LIMIT ${of.add(limit)}`;
  return { sql, parameters: of.list };
}

/** Collects what stands in the query as `?1`, `?2`..., each value once. */
class Parameters {
  readonly list: Parameter[] = [];
  readonly #names = new Map<Parameter, string>();

  add(value: Parameter): string {
    let name = this.#names.get(value);
    if (name === undefined) {
      this.list.push(value);
      name = `?${String(this.list.length)}`;
      this.#names.set(value, name);
    }
    return name;
  }
}

function sourceSql(collection: string, scope: Scope, of: Parameters): string {
  const name = of.add(collection);
  if (scope.kind === 'index')
    // CROSS JOIN keeps the order of the tables: the index is read, each record looked up.
    return `record_index i CROSS JOIN records r ON r.collection = i.collection AND r.key = i.key
      WHERE i.collection = ${name} AND i.name = ${of.add(scope.index)} AND i.value = ${of.add(scope.value)}`;
  const ranges = scope.prefixes.map((prefix) => `(${inRange('r.key', keyRange({ prefix }), of)})`);
  return `records r WHERE r.collection = ${name} AND (${ranges.length === 0 ? '0' : ranges.join(' OR ')})`;
}

function inRange(key: string, { from, to }: KeyRange, of: Parameters): string {
  return `${key} >= ${of.add(from)} AND ${key} < ${of.add(to ?? beyondAllText)}`;
}

/** 1 or 0, never NULL. */
function conditionSql(condition: Condition, of: Parameters): string {
  switch (condition.kind) {
    case 'all':
      return joined(condition.of, ' AND ', '1', of);
    case 'any':
      return joined(condition.of, ' OR ', '0', of);
    case 'not':
      return `NOT ${conditionSql(condition.of, of)}`;
    case 'test':
      return testSql(condition.operand, condition, of);
  }
}

function joined(conditions: readonly Condition[], by: string, otherwise: string, of: Parameters): string {
  return conditions.length === 0 ? otherwise : `(${conditions.map((one) => conditionSql(one, of)).join(by)})`;
}

/** A test by the type of the values that can pass it: `x` is the value in SQL. */
interface TypedTest {
  readonly types: string;
  readonly sql: (x: string) => string;
}

function testSql(operand: Operand, test: ValueTest, of: Parameters): string {
  const tests = typedTests(test, of).map((typed) => operandTestSql(operand, typed, of));
  return tests.length === 0 ? '0' : `(${tests.join(' OR ')})`;
}

function operandTestSql(operand: Operand, { types, sql }: TypedTest, of: Parameters): string {
  if (operand.kind === 'constant') {
    const isOfType = types.includes(`'${jsonTypeOf(operand.value)}'`);
    return isOfType ? `(${sql(of.add(bound(operand.value)))})` : '0';
  }
  if (operand.kind === 'entries') {
    if (types !== textType) return '0';
    const { table, name } = entriesSql(operand, of);
    return `EXISTS (SELECT 1 FROM ${table} WHERE ${sql(name)})`;
  }
  const whole = of.add(jsonPath(operand.path));
  const type = `json_type(r.value, ${whole})`;
  // Most paths meet no array; then the value is read at once.
  const found = `CASE WHEN ${type} IN (${types}) THEN ${sql(`(r.value ->> ${whole})`)}
    WHEN ${type} IS NULL OR ${type} = 'array' THEN ${throughArraysSql(operand.path, { types, sql }, of)} ELSE 0 END`;
  return operand.onlyIf === undefined ? found : `(${onlyIfSql(operand.onlyIf, of)} AND ${found})`;
}

/** One table of JSON for each member, in which an array has a row for each of its elements. */
function throughArraysSql(path: Path, { types, sql }: TypedTest, of: Parameters): string {
  const tables = path.map((name, n) => {
    const member = of.add(jsonPath([name]));
    const above = n === 0 ? 'r.value' : `e${String(n - 1)}.value`;
    const elements = `CASE json_type(${above}, ${member}) WHEN 'array' THEN ${above} -> ${member}
      ELSE json_array(json(${above} -> ${member})) END`;
    const isObject = n === 0 ? '1' : `e${String(n - 1)}.type = 'object'`;
    return `json_each(CASE WHEN ${isObject} THEN ${elements} ELSE '[]' END) e${String(n)}`;
  });
  const last = `e${String(path.length - 1)}`;
  // A CASE, because SQLite may work out the parts of an AND in any order.
  return `EXISTS (SELECT 1 FROM ${tables.join(', ')}
    WHERE CASE WHEN ${last}.type IN (${types}) THEN ${sql(`${last}.value`)} ELSE 0 END)`;
}

function onlyIfSql(
  { path, startsWith }: { readonly path: Path; readonly startsWith: string },
  of: Parameters,
): string {
  const text = `(r.value ->> ${of.add(jsonPath(path))})`;
  return `COALESCE(${startsSql(text, startsWith, of)}, 0)`;
}

const textType = "'text'";
const numberTypes = "'integer', 'real'";
const booleanTypes = "'true', 'false'";
const scalarTypes = `${textType}, ${numberTypes}, ${booleanTypes}`;

/** Their parameters are made where they are used: SQLite refuses one that stands nowhere in the query. */
function typedTests(test: ValueTest, of: Parameters): readonly TypedTest[] {
  const add = (value: Scalar): string => of.add(bound(value));
  switch (test.test) {
    case 'between': {
      const { low, high } = test;
      if (typeof low !== typeof high) return [];
      return [typed(low, (x) => `${x} BETWEEN ${add(low)} AND ${add(high)}`)];
    }
    case 'among':
      return ['string', 'number', 'boolean'].flatMap((type) => {
        const values = test.values.filter((value) => typeof value === type);
        const [first] = values;
        return first === undefined ? [] : [typed(first, (x) => `${x} IN (${values.map(add).join(', ')})`)];
      });
    case 'like': {
      const { startsWith, restMin, restMax } = test;
      const start = Array.from(startsWith).length;
      const length = (x: string): readonly string[] => [
        ...(restMin === 0 ? [] : [`length(${x}) >= ${add(start + restMin)}`]),
        ...(restMax === null ? [] : [`length(${x}) <= ${add(start + restMax)}`]),
      ];
      return [typed(startsWith, (x) => [startsSql(x, startsWith, of), ...length(x)].join(' AND '))];
    }
    default:
      return [typed(test.value, (x) => `${x} ${test.test} ${add(test.value)}`)];
  }
}

function startsSql(text: string, prefix: string, of: Parameters): string {
  const end = successor(prefix);
  const from = `${text} >= ${of.add(prefix)}`;
  return end === null ? from : `${from} AND ${text} < ${of.add(end)}`;
}

function typed(value: Scalar, sql: TypedTest['sql']): TypedTest {
  if (typeof value === 'string') return { types: textType, sql };
  if (typeof value === 'boolean') return { types: booleanTypes, sql };
  // Numbers are JavaScript's: SQLite would tell integers apart that are one number here.
  return { types: numberTypes, sql: (x) => sql(`CAST(${x} AS REAL)`) };
}

function jsonTypeOf(value: Scalar): string {
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'real' : String(value);
}

function bound(value: Scalar): string | number {
  return typeof value === 'boolean' ? Number(value) : value;
}

function entriesSql(
  { path, part }: Extract<Operand, { kind: 'entries' }>,
  of: Parameters,
): { readonly table: string; readonly name: string } {
  const object = of.add(jsonPath(path));
  const isObject = `json_type(r.value, ${object}) = 'object'`;
  const entries = `json_each(CASE WHEN ${isObject} THEN r.value -> ${object} ELSE '{}' END) e`;
  if (part === 'key') return { table: entries, name: 'e.key' };
  const texts = `(SELECT e.key AS key, e.value AS value FROM ${entries} WHERE e.type = 'text') e`;
  return { table: texts, name: part === 'value' ? 'e.value' : "(e.key || '=' || e.value)" };
}

/** The one value that stands for the operand, as JSON; NULL: none. */
function valueSql(operand: Operand, of: Parameters): string {
  if (operand.kind === 'constant') return of.add(JSON.stringify(operand.value));
  if (operand.kind === 'entries') {
    const { table, name } = entriesSql(operand, of);
    return `(SELECT json_quote(${name}) FROM ${table} LIMIT 1)`;
  }
  const whole = of.add(jsonPath(operand.path));
  // LIMIT keeps SQLite from writing the inner expression out wherever `x` stands.
  const first = operand.path.reduce((above, name) => {
    const member = `${above} -> ${of.add(jsonPath([name]))}`;
    return `(SELECT CASE json_type(x) WHEN 'array' THEN x -> '$[0]' ELSE x END FROM (SELECT ${member} AS x LIMIT 1))`;
  }, 'r.value');
  const found = `CASE WHEN json_type(r.value, ${whole}) IN (${scalarTypes}) THEN r.value -> ${whole}
    ELSE (SELECT CASE WHEN json_type(x) IN (${scalarTypes}) THEN x END FROM (SELECT ${first} AS x LIMIT 1)) END`;
  return operand.onlyIf === undefined
    ? found
    : `CASE WHEN ${onlyIfSql(operand.onlyIf, of)} THEN ${found} END`;
}

/** What the aggregate function is to see of one record. */
function measuredSql({ kind, operand }: Measure, of: Parameters): string {
  if (operand === null) return '1';
  const json = valueSql(operand, of);
  if (kind === 'count') return json;
  const text = kind === 'min' || kind === 'max' ? `WHEN ${textType} THEN x ->> '$'` : '';
  return `(SELECT CASE json_type(x) WHEN 'integer' THEN CAST(x ->> '$' AS REAL) WHEN 'real' THEN x ->> '$' ${text} END
    FROM (SELECT ${json} AS x LIMIT 1))`;
}

function measureSql({ kind }: Measure, n: number): string {
  return `${kind}(a${String(n)}) AS m${String(n)}`;
}

interface SortKey {
  readonly sql: string;
  readonly isDescending: boolean;
}

/** The type's place, then the value; where there is none, 0 keeps comparisons from being NULL. */
function sortKeys(json: string, isDescending: boolean): readonly SortKey[] {
  const rank = `CASE json_type(${json}) WHEN 'true' THEN 1 WHEN 'false' THEN 1 WHEN 'integer' THEN 2 WHEN 'real' THEN 2
    WHEN 'text' THEN 3 ELSE 0 END`;
  const value = `CASE json_type(${json}) WHEN 'integer' THEN CAST(${json} ->> '$' AS REAL)
    ELSE COALESCE(${json} ->> '$', 0) END`;
  return [rank, value].map((sql) => ({ sql, isDescending }));
}

function sortValues(value: Scalar | null): readonly (string | number)[] {
  if (value === null) return [0, 0];
  const rank = typeof value === 'boolean' ? 1 : typeof value === 'number' ? 2 : 3;
  return [rank, bound(value)];
}

function positionValues(orderBy: readonly Order[], { values, key }: Position): readonly (string | number)[] {
  return [...orderBy.flatMap((_, index) => sortValues(values[index] ?? null)), key];
}

/** Whether a row comes after these values in the order: beyond in the first key, or alike in it and behind in the rest. */
function isBehind(keys: readonly SortKey[], values: readonly Parameter[], of: Parameters): string {
  return keys.reduceRight((rest, { sql, isDescending }, n) => {
    const value = of.add(values[n] ?? 0);
    return `(${sql} ${isDescending ? '<' : '>'} ${value} OR (${sql} = ${value} AND ${rest}))`;
  }, '0');
}

function orderSql(keys: readonly SortKey[]): string {
  return keys.map(({ sql, isDescending }) => `${sql}${isDescending ? ' DESC' : ''}`).join(', ');
}

function jsonPath(path: Path): string {
  for (const name of path)
    if (!pathMember.test(name)) throw new TypeError(`${JSON.stringify(name)} can't stand in a path`);
  return `$${path.map((name) => `."${name}"`).join('')}`;
}
