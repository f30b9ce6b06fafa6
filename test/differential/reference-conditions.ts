/** The condition operators of the reference evaluator, from spec/iam.md: plain loops, no regular expressions. */
import type { ContextValue } from '../../src/policy/context.ts';
import type { World } from './every-world.ts';

type Scalar = string | number | boolean;
export type PlainCondition = Readonly<Record<string, Readonly<Record<string, Scalar | readonly Scalar[]>>>>;

/** Looks a condition key up: in this world every key is present or absent. */
export type Lookup = (key: string) => Exclude<ContextValue, { state: 'unknown' }>;

interface Asked {
  readonly world: World;
  readonly lookup: Lookup;
  readonly hasVariables: boolean;
}

interface AskedOfStatement {
  readonly world: World;
  readonly lookupIn: (world: World) => Lookup;
  readonly isUnknown: (key: string) => boolean;
  readonly hasVariables: boolean;
}

/** Do all conditions of the statement hold? spec: IAM-COND-1 */
export function conditionsHold(condition: PlainCondition, where: string, asked: AskedOfStatement): boolean {
  for (const [operator, block] of Object.entries(condition)) {
    const names = Object.keys(block).map((key) => key.toLowerCase());
    for (const [key, value] of Object.entries(block)) {
      const values = (Array.isArray(value) ? value : [value]).map(String);
      const isTwice = names.filter((name) => name === key.toLowerCase()).length > 1;
      const holds = asked.world.part(`${where} ${operator} ${key}`, (world) => {
        // spec: IAM-DOC-8
        if (isTwice) return world.choose(`${where} ${operator} two spellings`, [false, true]);
        const { hasVariables, lookupIn } = asked;
        const holds = conditionHolds(operator, key, values, where, {
          world,
          lookup: lookupIn(world),
          hasVariables,
        });
        // The samples need not hold a value that satisfies the condition. spec: IAM-EVAL-13
        const isOpen = asked.isUnknown(key) || values.some((text) => asked.isUnknown(variableIn(text)));
        const isAny = world.isApart && isOpen && values.length > 0 && !operator.includes('Null');
        return isAny ? world.choose(`${where} ${operator} ${key}`, [false, true]) : holds;
      });
      if (!holds) return false;
    }
  }
  return true;
}

/** The key of the first variable in a text, if any. */
function variableIn(text: string): string {
  const [, inside = ''] = text.split('${');
  const [name = ''] = inside.split('}');
  return name.split(',')[0] ?? '';
}

const operatorNames = [
  ...['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ...['StringLike', 'StringNotLike', 'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'Null'],
  ...['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
  ...['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals'],
  ...['NumericGreaterThan', 'NumericGreaterThanEquals', 'DateEquals', 'DateNotEquals', 'DateLessThan'],
  ...['DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
];

function conditionHolds(
  operator: string,
  key: string,
  policyValues: readonly string[],
  where: string,
  asked: Asked,
): boolean {
  const set = ['ForAllValues', 'ForAnyValue'].find((prefix) => operator.startsWith(`${prefix}:`));
  const unprefixed = set === undefined ? operator : operator.slice(set.length + 1);
  const ifExists = unprefixed.endsWith('IfExists');
  const name = ifExists ? unprefixed.slice(0, -'IfExists'.length) : unprefixed;
  // spec: IAM-DOC-7
  if (!operatorNames.includes(name) || (name === 'Null' && ifExists)) {
    return asked.world.choose(`${where} operator ${operator}`, [false, true]);
  }
  const found = asked.lookup(key);
  const values = found.state === 'present' ? found.values : [];
  const isAbsent = values.length === 0;
  // spec: IAM-COND-16
  if (name === 'Null') {
    if (set !== undefined) return set === 'ForAllValues';
    if (policyValues.length === 0) return asked.world.choose(`${where} empty list ${key}`, [false, true]);
    return policyValues.includes(isAbsent ? 'true' : 'false');
  }
  const satisfies = (value: string) => valueSatisfies(name, value, policyValues, asked);
  // spec: IAM-COND-15, IAM-COND-18, IAM-COND-20
  if (set === 'ForAnyValue') return policyValues.length > 0 && values.some(satisfies);
  // spec: IAM-COND-14, IAM-COND-20
  if (set === 'ForAllValues') {
    if (isAbsent) return true;
    if (policyValues.length === 0) return false;
    return values.every((value) => value === '') || values.every(satisfies);
  }
  // spec: IAM-COND-17, IAM-COND-20
  if (ifExists && isAbsent) return true;
  if (ifExists && policyValues.length === 0) return false;
  // spec: IAM-COND-21
  if (policyValues.length === 0) return asked.world.choose(`${where} empty list ${key}`, [false, true]);
  // spec: IAM-COND-13
  if (isAbsent) return name.includes('Not');
  // spec: IAM-COND-19
  if (values.length > 1) return asked.world.choose(`several values ${operator} ${key}`, [false, true]);
  return satisfies(values[0] ?? '');
}

function valueSatisfies(name: string, value: string, policyValues: readonly string[], asked: Asked): boolean {
  const compares = (policyValue: string) => comparison(name, policyValue, value, asked);
  if (!name.includes('Not')) return policyValues.some(compares);
  // spec: IAM-COND-22
  if (!isOfType(name, value)) return asked.world.choose(`type ${name} ${value}`, [false, true]);
  return !policyValues.some(compares);
}

function isOfType(name: string, value: string): boolean {
  if (name.startsWith('Numeric')) return numberOf(value) !== null;
  if (name.startsWith('Date')) return isDate(value);
  if (name.includes('IpAddress')) return addressBits(value) !== null;
  if (name.startsWith('Arn')) return value.startsWith('arn:') && splitArn(charactersOf(value)).length === 6;
  return true;
}

function comparison(name: string, policyValue: string, value: string, asked: Asked): boolean {
  if (name.startsWith('String') || name.startsWith('Arn') || name === 'Bool') {
    const withWildcards = name.includes('Like') || name.startsWith('Arn');
    const tokens = template(policyValue, { ...asked, withWildcards });
    // spec: IAM-VAR-4
    if (tokens === null) return false;
    if (name.startsWith('Arn'))
      return isOfType(name, value) && arnCompares(tokens, value, policyValue, asked);
    // spec: IAM-VAR-7
    if (
      name === 'Bool' &&
      tokens.length !== policyValue.length &&
      !asked.world.choose('variables in Bool', [false, true])
    )
      return false;
    if (name === 'Bool')
      return booleanCompares(tokens.map((t) => (typeof t === 'string' ? t : ':')).join(''), value, asked);
    if (!name.includes('IgnoreCase')) return matches(tokens, charactersOf(value));
    const lower = tokens.map((token) => (typeof token === 'string' ? token.toLowerCase() : token));
    return matches(lower, charactersOf(value.toLowerCase()));
  }
  if (name.startsWith('Numeric')) return ordered(name, numberOf(value), numberOf(policyValue));
  if (name.startsWith('Date')) return ordered(name, dateOf(value, asked), dateOf(policyValue, asked));
  if (name === 'BinaryEquals') {
    const [one, other] = [bytesOf(value), bytesOf(policyValue)];
    return one !== null && one === other;
  }
  return isInRange(value, policyValue);
}

/** spec: IAM-COND-11, IAM-COND-12, IAM-COND-22 */
function arnCompares(tokens: readonly Token[], value: string, policyValue: string, asked: Asked): boolean {
  const parts = splitArn(tokens, asked.world);
  const found = splitArn(charactersOf(value));
  if (parts.length === 6) return parts.every((part, index) => matches(part, found[index] ?? []));
  return (
    matches(tokens, charactersOf(value)) && asked.world.choose(`short ARN ${policyValue}`, [false, true])
  );
}

/** spec: IAM-COND-9 */
function booleanCompares(policyValue: string, value: string, asked: Asked): boolean {
  const isExact = [policyValue, value].every((text) => text === 'true' || text === 'false');
  if (isExact) return policyValue === value;
  if (policyValue.toLowerCase() !== value.toLowerCase()) return false;
  if (!['true', 'false'].includes(value.toLowerCase())) return false;
  return asked.world.choose(`spelling ${policyValue} ${value}`, [false, true]);
}

/** spec: IAM-COND-6 */
function ordered(name: string, value: number | null, policyValue: number | null): boolean {
  if (value === null || policyValue === null) return false;
  if (name.endsWith('LessThan')) return value < policyValue;
  if (name.endsWith('LessThanEquals')) return value <= policyValue;
  if (name.endsWith('GreaterThan')) return value > policyValue;
  if (name.endsWith('GreaterThanEquals')) return value >= policyValue;
  return value === policyValue;
}

function numberOf(text: string): number | null {
  const unsigned = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text;
  const [whole, fraction, ...more] = unsigned.split('.');
  const isNumber = isDigits(whole) && (fraction === undefined || isDigits(fraction)) && more.length === 0;
  return isNumber ? Number(text) : null;
}

function isDigits(text: string | undefined): boolean {
  return text !== undefined && text !== '' && charactersOf(text).every((c) => c >= '0' && c <= '9');
}

function isSeconds(text: string): boolean {
  return isDigits(text.startsWith('-') ? text.slice(1) : text);
}

function isDate(text: string): boolean {
  return isSeconds(text) || instantOf(text) !== null;
}

/** spec: IAM-COND-7 */
function dateOf(text: string, asked: Asked): number | null {
  if (!isSeconds(text)) return instantOf(text);
  if (text.length !== 4 || text.startsWith('-')) return Number(text) * 1000;
  return asked.world.choose(`year or epoch ${text}`, [Number(text) * 1000, Date.UTC(Number(text), 0, 1)]);
}

function instantOf(text: string): number | null {
  const isZoned = text.endsWith('Z');
  const [day = '', time, ...more] = (isZoned ? text.slice(0, -1) : text).split('T');
  const [year, month = '01', date = '01', ...rest] = day.split('-');
  const [hour = '00', minute = '00', seconds = '00'] = time === undefined ? [] : time.split(':');
  const [second = '', fraction = '0'] = seconds.split('.');
  const parts = [year, month, date, hour, minute, second, fraction];
  if (more.length > 0 || rest.length > 0 || !parts.every(isDigits)) return null;
  return Date.parse(`${year ?? ''}-${month}-${date}T${hour}:${minute}:${second}.${fraction}Z`);
}

function bytesOf(text: string): string | null {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const body = text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text;
  if (text.length % 4 !== 0 || !charactersOf(body).every((c) => alphabet.includes(c))) return null;
  const bits = charactersOf(body)
    .map((c) => alphabet.indexOf(c).toString(2).padStart(6, '0'))
    .join('');
  return bits.slice(0, bits.length - (bits.length % 8));
}

/** spec: IAM-COND-8 */
function isInRange(value: string, range: string): boolean {
  const [base = '', prefix, ...more] = range.split('/');
  const [address, network] = [addressBits(value), addressBits(base)];
  if (address === null || network === null || address.length !== network.length || more.length > 0)
    return false;
  const length = prefix === undefined ? network.length : isDigits(prefix) ? Number(prefix) : 999;
  return length <= network.length && address.slice(0, length) === network.slice(0, length);
}

function addressBits(text: string): string | null {
  if (text.includes(':')) return longAddressBits(text);
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => isDigits(part) && Number(part) < 256)) return null;
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('');
}

function longAddressBits(text: string): string | null {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return null;
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...first, ...Array.from({ length: missing }, () => '0'), ...last];
  const isHex = (group: string) =>
    group !== '' &&
    group.length <= 4 &&
    charactersOf(group).every((c) => '0123456789abcdefABCDEF'.includes(c));
  if (!all.every(isHex)) return null;
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

/** A character, a wildcard, or a colon that a variable stood for. */
export type Token = string | { readonly wildcard: '*' | '?' } | typeof substitutedColon;
const substitutedColon = { colon: true } as const;

/**
 * A text of a policy as tokens, its variables replaced; `null` where a variable has no value.
 * spec: IAM-VAR-1, IAM-VAR-2, IAM-VAR-3, IAM-VAR-5, IAM-VAR-6
 */
export function template(
  text: string,
  asked: { readonly lookup: Lookup; readonly hasVariables: boolean; readonly withWildcards: boolean },
): readonly Token[] | null {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const end = asked.hasVariables && text.startsWith('${', at) ? text.indexOf('}', at) : -1;
    if (end >= 0) {
      const value = variable(text.slice(at + 2, end), asked.lookup);
      if (value === null) return null;
      tokens.push(...charactersOf(value).map((c) => (c === ':' ? substitutedColon : c)));
      at = end;
    } else {
      const character = text[at] ?? '';
      const isWildcard = asked.withWildcards && (character === '*' || character === '?');
      tokens.push(isWildcard ? { wildcard: character } : character);
    }
  }
  return tokens;
}

function variable(inside: string, lookup: Lookup): string | null {
  if (['*', '?', '$'].includes(inside)) return inside;
  const comma = inside.indexOf(", '");
  const found = lookup(comma < 0 ? inside : inside.slice(0, comma));
  if (found.state === 'present') return found.multivalued ? null : (found.values[0] ?? null);
  return comma < 0 ? null : inside.slice(comma + 3, -1);
}

export function charactersOf(text: string): readonly string[] {
  return Array.from(text);
}

/** spec: IAM-GLOB-1 */
export function matches(pattern: readonly Token[], text: readonly Token[], p = 0, t = 0): boolean {
  const token = pattern[p];
  if (token === undefined) return t === text.length;
  if (typeof token === 'string' || 'colon' in token) {
    const character = typeof token === 'string' ? token : ':';
    return text[t] === character && matches(pattern, text, p + 1, t + 1);
  }
  if (token.wildcard === '?') return t < text.length && matches(pattern, text, p + 1, t + 1);
  return matches(pattern, text, p + 1, t) || (t < text.length && matches(pattern, text, p, t + 1));
}

/** Six parts, of which the last keeps its colons; fewer where there are fewer. spec: IAM-ARN-1, IAM-VAR-8 */
export function splitArn(tokens: readonly Token[], world?: World): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  const isUndecided = tokens.includes(substitutedColon);
  const part = isUndecided && world?.choose('substituted colons part an ARN', [false, true]);
  for (const token of tokens) {
    const isColon = token === ':' || (token === substitutedColon && part === true);
    if (isColon && parts.length < 6) parts.push([]);
    else parts[parts.length - 1]?.push(token);
  }
  return parts;
}
