/**
 * Filter policies of subscriptions: which messages they let through.
 * spec: SNS-FILTER-1, SNS-FILTER-2, SNS-FILTER-3
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** A condition on one value, or on there being none. */
type Condition =
  | { readonly kind: 'equals'; readonly value: string | number | boolean | null }
  | { readonly kind: 'equals-ignore-case'; readonly text: string }
  | { readonly kind: 'prefix' | 'suffix'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly pattern: RegExp }
  | { readonly kind: 'numeric'; readonly ranges: readonly NumericRange[] }
  | { readonly kind: 'cidr'; readonly list: BlockList }
  | { readonly kind: 'anything-but'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'exists'; readonly isThere: boolean };

interface NumericRange {
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly value: number;
}

/** All leaves must hold; of a leaf's conditions one. */
interface Leaf {
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
}

export interface FilterPolicy {
  /** One of these must hold: each with an alternative of every `$or` chosen. */
  readonly alternatives: readonly (readonly Leaf[])[];
}

/** What SNS says of a policy that it does not store. */
export class FilterPolicyFault extends Error {
  override readonly name = 'FilterPolicyFault';
}

export type FilterScope = 'MessageAttributes' | 'MessageBody';

const keysMax = 5;
const combinationsMax = 150;

/** @throws {FilterPolicyFault} */
export function parseFilterPolicy(text: string, scope: FilterScope): FilterPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FilterPolicyFault('failed to parse JSON.');
  }
  if (!isObject(value)) throw new FilterPolicyFault('Filter policy must be a JSON object');
  const alternatives = alternativesOf(value, [], scope);
  if (new Set(alternatives.flatMap((leaves) => leaves.map(({ path }) => path.join('.')))).size > keysMax)
    throw new FilterPolicyFault('Filter policy can not have more than 5 keys');
  const combinations = alternatives.reduce(
    (sum, leaves) =>
      sum + leaves.reduce((product, { path, conditions }) => product * conditions.length * path.length, 1),
    0,
  );
  if (combinations > combinationsMax) throw new FilterPolicyFault('Filter policy is too complex');
  return { alternatives };
}

/** A message attribute as filters see it. */
export interface FilteredAttribute {
  readonly type: string;
  readonly value: string;
}

/** Whether a message with these attributes passes. */
export function acceptsAttributes(
  policy: FilterPolicy,
  attributes: Readonly<Record<string, FilteredAttribute>>,
): boolean {
  return accepts(policy, (path) => {
    const attribute = Object.hasOwn(attributes, path[0] ?? '') ? attributes[path[0] ?? ''] : undefined;
    return attribute === undefined ? [] : attributeValues(attribute);
  });
}

/** Whether a message with this body passes; one that is no JSON object does not. */
export function acceptsBody(policy: FilterPolicy, body: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return false;
  }
  return isObject(value) && accepts(policy, (path) => valuesAt(value, path));
}

function accepts(policy: FilterPolicy, valuesOf: (path: readonly string[]) => readonly unknown[]): boolean {
  return policy.alternatives.some((leaves) =>
    leaves.every(({ path, conditions }) => {
      const values = valuesOf(path);
      return conditions.some((condition) => holds(condition, values));
    }),
  );
}

/** Of an array one element is enough; where there is no value only `exists: false` holds. */
function holds(condition: Condition, values: readonly unknown[]): boolean {
  if (condition.kind === 'exists') return condition.isThere === values.length > 0;
  if (condition.kind === 'anything-but')
    return values.some((value) => !condition.conditions.some((one) => isMatch(one, value)));
  return values.some((value) => isMatch(condition, value));
}

function isMatch(condition: Condition, value: unknown): boolean {
  switch (condition.kind) {
    case 'equals':
      return condition.value === value;
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === condition.text.toLowerCase();
    case 'prefix':
      return typeof value === 'string' && value.startsWith(condition.text);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(condition.text);
    case 'wildcard':
      return typeof value === 'string' && condition.pattern.test(value);
    case 'numeric':
      return typeof value === 'number' && condition.ranges.every((range) => isWithin(value, range));
    case 'cidr': {
      if (typeof value !== 'string') return false;
      const family = isIPv4(value) ? 'ipv4' : isIPv6(value) ? 'ipv6' : null;
      return family !== null && condition.list.check(value, family);
    }
    case 'anything-but':
      return !condition.conditions.some((one) => isMatch(one, value));
    case 'exists':
      return condition.isThere;
  }
}

function isWithin(value: number, { operator, value: limit }: NumericRange): boolean {
  switch (operator) {
    case '=':
      return value === limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

/** spec: SNS-FILTER-2 */
function attributeValues({ type, value }: FilteredAttribute): readonly unknown[] {
  if (type === 'Number' || type.startsWith('Number.')) return [Number(value)];
  if (type === 'String.Array') {
    try {
      const list: unknown = JSON.parse(value);
      return Array.isArray(list) ? list : [list];
    } catch {
      return [];
    }
  }
  return type === 'Binary' || type.startsWith('Binary.') ? [] : [value];
}

/** Everything that stands under the path, in whichever element of the arrays on the way. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  return isObject(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
}

function alternativesOf(
  object: Readonly<Record<string, unknown>>,
  path: readonly string[],
  scope: FilterScope,
): readonly (readonly Leaf[])[] {
  return Object.entries(object).reduce<readonly (readonly Leaf[])[]>(
    (all, [name, value]) => {
      const parts = partsOf(name, value, path, scope);
      return all.flatMap((leaves) => parts.map((part) => [...leaves, ...part]));
    },
    [[]],
  );
}

function partsOf(
  name: string,
  value: unknown,
  path: readonly string[],
  scope: FilterScope,
): readonly (readonly Leaf[])[] {
  if (name === '$or' && Array.isArray(value) && value.length > 1 && value.every(isObject))
    return value.flatMap((one) => alternativesOf(one, path, scope));
  if (isObject(value)) {
    if (scope === 'MessageAttributes')
      throw new FilterPolicyFault(
        'Filter policy scope MessageAttributes does not support nested filter policy',
      );
    return alternativesOf(value, [...path, name], scope);
  }
  if (!Array.isArray(value)) throw new FilterPolicyFault(`"${name}" must be an object or an array`);
  if (value.length === 0) throw new FilterPolicyFault('Empty arrays are not allowed');
  return [[{ path: [...path, name], conditions: value.map(conditionOf) }]];
}

function conditionOf(value: unknown): Condition {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'equals', value };
  if (!isObject(value))
    throw new FilterPolicyFault('Match value must be String, number, true, false, or null');
  const [entry, second] = Object.entries(value);
  if (entry === undefined || second !== undefined)
    throw new FilterPolicyFault('Only one key allowed in match expression');
  return operatorCondition(entry[0], entry[1]);
}

function operatorCondition(name: string, operand: unknown): Condition {
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean')
        throw new FilterPolicyFault('exists match pattern must be either true or false.');
      return { kind: 'exists', isThere: operand };
    case 'prefix':
    case 'suffix':
      return { kind: name, text: textOf(operand, name) };
    case 'equals-ignore-case':
      return { kind: name, text: textOf(operand, name) };
    case 'wildcard':
      return { kind: name, pattern: wildcardPattern(textOf(operand, name)) };
    case 'numeric':
      return { kind: name, ranges: rangesOf(operand) };
    case 'cidr':
      return { kind: name, list: blockListOf(textOf(operand, name)) };
    case 'anything-but':
      return { kind: name, conditions: excludedOf(operand) };
    default:
      throw new FilterPolicyFault(`Unrecognized match type ${name}`);
  }
}

function excludedOf(operand: unknown): readonly Condition[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new FilterPolicyFault('Empty arrays are not allowed');
  return list.map((value) => {
    const condition = conditionOf(value);
    const isFit = ['equals', 'prefix', 'suffix', 'wildcard', 'equals-ignore-case'].includes(condition.kind);
    if (!isFit) throw new FilterPolicyFault('Unsupported anything-but pattern');
    return condition;
  });
}

function textOf(operand: unknown, name: string): string {
  if (typeof operand !== 'string') throw new FilterPolicyFault(`${name} match pattern must be a string`);
  return operand;
}

function wildcardPattern(text: string): RegExp {
  const escaped = text.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^]*')}$`);
}

const operators = ['=', '<', '<=', '>', '>='] as const;

function rangesOf(operand: unknown): readonly NumericRange[] {
  if (!Array.isArray(operand)) throw new FilterPolicyFault('Value of numeric must be an array.');
  const list: readonly unknown[] = operand;
  if (list.length !== 2 && list.length !== 4)
    throw new FilterPolicyFault('Invalid member in numeric match: ]');
  const ranges: NumericRange[] = [];
  for (let at = 0; at < list.length; at += 2) {
    const operator = operators.find((known) => known === list[at]);
    if (operator === undefined)
      throw new FilterPolicyFault(`Unrecognized numeric range operator: ${String(list[at])}`);
    const value = list[at + 1];
    if (typeof value !== 'number') throw new FilterPolicyFault(`Value of ${operator} must be numeric`);
    ranges.push({ operator, value });
  }
  const [low, high] = ranges;
  if (low !== undefined && high !== undefined) {
    if (!low.operator.startsWith('>') || !high.operator.startsWith('<'))
      throw new FilterPolicyFault('Too many elements in numeric expression');
    if (low.value >= high.value) throw new FilterPolicyFault('Bottom must be less than top');
  }
  return ranges;
}

function blockListOf(text: string): BlockList {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : null;
  const bits = Number(prefix);
  const isFit =
    family !== null &&
    rest.length === 0 &&
    /^\d{1,3}$/.test(prefix) &&
    bits <= (family === 'ipv4' ? 32 : 128);
  if (!isFit) throw new FilterPolicyFault("Malformed CIDR, one '/' required");
  const list = new BlockList();
  list.addSubnet(address, bits, family);
  return list;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
