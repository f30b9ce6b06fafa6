/**
 * The condition operators: one entry each. The set prefixes (`ForAllValues:`, `ForAnyValue:`) and `IfExists` wrap
 * entries, see condition-element.ts; they are not entries.
 */
import {
  arnPartCount,
  compileArnPattern,
  hasSubstitutedColon,
  isArnShaped,
  matchesArn,
} from './arn-pattern.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { compileGlob, type Run } from './glob.ts';
import { parseInstants } from './instant.ts';
import { containsAddress, parseIpAddress, parseIpRange } from './ip-range.ts';
import { agreed, maybe, no, matchOf, type Match } from './match.ts';
import { textOf } from './policy-variables.ts';

/** How one value of a request compares with the policy's value; `null`: the request's value is not of the operator's type. */
export type Comparison = (value: string) => Match | null;

export interface ConditionOperator {
  readonly type: 'string' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'arn' | 'null';
  /** Matches when *no* value of the policy compares. */
  readonly isNegated: boolean;
  readonly takesVariables: boolean;
  readonly takesWildcards: boolean;
  readonly takesIfExists: boolean;
  /** Prepares one value of the policy, once. `null` where the operator compares no values (`Null`). */
  readonly prepare: ((runs: readonly Run[]) => Comparison) | null;
  /**
   * Where comparing is equality of a form of the texts: that form, so that many values can be looked up at once;
   * it is `null` for a text that is not of the operator's type.
   */
  readonly equalBy: ((text: string) => string | null) | null;
}

export type ConditionOperatorName =
  | `String${'Equals' | 'NotEquals' | 'EqualsIgnoreCase' | 'NotEqualsIgnoreCase' | 'Like' | 'NotLike'}`
  | `${'Numeric' | 'Date'}${'Equals' | 'NotEquals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals'}`
  | 'Bool'
  | 'BinaryEquals'
  | 'IpAddress'
  | 'NotIpAddress'
  | `Arn${'Equals' | 'NotEquals' | 'Like' | 'NotLike'}`
  | 'Null';

// A value of the request is compared with one value of the policy after another, and read once for all of them.
const foundDecimal = readOnce(parseDecimal);
const foundInstants = readOnce(parseInstants);
const foundIpAddress = readOnce(parseIpAddress);

function readOnce<Found>(read: (text: string) => Found | null): (text: string) => Found | null {
  let last: { readonly text: string; readonly found: Found | null } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, found: read(text) };
    return last.found;
  };
}

const same = (text: string): string => text;
const folded = (text: string): string => text.toLowerCase();

const text = { type: 'string', takesVariables: true, takesWildcards: false, takesIfExists: true } as const;
const number = {
  type: 'numeric',
  takesVariables: false,
  takesWildcards: false,
  takesIfExists: true,
  equalBy: null,
} as const;
const date = {
  type: 'date',
  takesVariables: false,
  takesWildcards: false,
  takesIfExists: true,
  equalBy: null,
} as const;
const arn = {
  type: 'arn',
  takesVariables: true,
  takesWildcards: true,
  takesIfExists: true,
  equalBy: null,
} as const;

// The entries need the compared families first; everything below them is how one family compares.
// spec: IAM-COND-1, IAM-COND-2, IAM-COND-3
export const conditionOperators = {
  StringEquals: { ...text, isNegated: false, equalBy: same, prepare: equalTo(same) },
  StringNotEquals: { ...text, isNegated: true, equalBy: same, prepare: equalTo(same) },
  // spec: IAM-COND-4
  StringEqualsIgnoreCase: { ...text, isNegated: false, equalBy: folded, prepare: equalTo(folded) },
  StringNotEqualsIgnoreCase: { ...text, isNegated: true, equalBy: folded, prepare: equalTo(folded) },
  // spec: IAM-COND-5
  StringLike: { ...text, isNegated: false, takesWildcards: true, equalBy: null, prepare: like },
  StringNotLike: { ...text, isNegated: true, takesWildcards: true, equalBy: null, prepare: like },
  // spec: IAM-COND-6
  NumericEquals: {
    ...number,
    isNegated: false,
    equalBy: decimalText,
    prepare: numeric((order) => order === 0),
  },
  NumericNotEquals: {
    ...number,
    isNegated: true,
    equalBy: decimalText,
    prepare: numeric((order) => order === 0),
  },
  NumericLessThan: { ...number, isNegated: false, prepare: numeric((order) => order < 0) },
  NumericLessThanEquals: { ...number, isNegated: false, prepare: numeric((order) => order <= 0) },
  NumericGreaterThan: { ...number, isNegated: false, prepare: numeric((order) => order > 0) },
  NumericGreaterThanEquals: { ...number, isNegated: false, prepare: numeric((order) => order >= 0) },
  // spec: IAM-COND-7
  DateEquals: { ...date, isNegated: false, prepare: instant((order) => order === 0) },
  DateNotEquals: { ...date, isNegated: true, prepare: instant((order) => order === 0) },
  DateLessThan: { ...date, isNegated: false, prepare: instant((order) => order < 0) },
  DateLessThanEquals: { ...date, isNegated: false, prepare: instant((order) => order <= 0) },
  DateGreaterThan: { ...date, isNegated: false, prepare: instant((order) => order > 0) },
  DateGreaterThanEquals: { ...date, isNegated: false, prepare: instant((order) => order >= 0) },
  // spec: IAM-COND-9, IAM-VAR-7
  Bool: {
    type: 'bool',
    isNegated: false,
    takesVariables: true,
    takesWildcards: false,
    takesIfExists: true,
    equalBy: null,
    prepare: truth,
  },
  // spec: IAM-COND-10
  BinaryEquals: {
    type: 'binary',
    isNegated: false,
    takesVariables: false,
    takesWildcards: false,
    takesIfExists: true,
    equalBy: null,
    prepare: bytes,
  },
  // spec: IAM-COND-8
  IpAddress: {
    type: 'ip',
    isNegated: false,
    takesVariables: false,
    takesWildcards: false,
    takesIfExists: true,
    equalBy: null,
    prepare: inRange,
  },
  NotIpAddress: {
    type: 'ip',
    isNegated: true,
    takesVariables: false,
    takesWildcards: false,
    takesIfExists: true,
    equalBy: null,
    prepare: inRange,
  },
  // spec: IAM-COND-11
  ArnEquals: { ...arn, isNegated: false, prepare: arnLike },
  ArnNotEquals: { ...arn, isNegated: true, prepare: arnLike },
  ArnLike: { ...arn, isNegated: false, prepare: arnLike },
  ArnNotLike: { ...arn, isNegated: true, prepare: arnLike },
  // spec: IAM-COND-16
  Null: {
    type: 'null',
    isNegated: false,
    takesVariables: false,
    takesWildcards: false,
    takesIfExists: false,
    equalBy: null,
    prepare: null,
  },
} as const satisfies Record<ConditionOperatorName, ConditionOperator>;

export interface OperatorParts {
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | null;
  readonly name: ConditionOperatorName;
  readonly operator: ConditionOperator;
  readonly ifExists: boolean;
}

/** An operator as a policy writes it, taken apart; `null`: AWS has none of this name. spec: IAM-DOC-7 */
export function parseOperator(written: string): OperatorParts | null {
  let name = written;
  let qualifier: OperatorParts['qualifier'] = null;
  for (const prefix of ['ForAllValues', 'ForAnyValue'] as const) {
    if (!name.startsWith(`${prefix}:`)) continue;
    qualifier = prefix;
    name = name.slice(prefix.length + 1);
    break;
  }
  const ifExists = name.endsWith('IfExists');
  if (ifExists) name = name.slice(0, -'IfExists'.length);
  if (!isOperatorName(name)) return null;
  const operator: ConditionOperator = conditionOperators[name];
  return ifExists && !operator.takesIfExists ? null : { qualifier, name, operator, ifExists };
}

function isOperatorName(name: string): name is ConditionOperatorName {
  return Object.hasOwn(conditionOperators, name);
}

function equalTo(form: (text: string) => string): (runs: readonly Run[]) => Comparison {
  return (runs) => {
    const expected = form(textOf(runs));
    return (value) => matchOf(form(value) === expected);
  };
}

function like(runs: readonly Run[]): Comparison {
  const glob = compileGlob(runs);
  return (value) => matchOf(glob.matches(value));
}

function numeric(holds: (order: number) => boolean): (runs: readonly Run[]) => Comparison {
  return (runs) => {
    const expected = parseDecimal(textOf(runs));
    return (value) => {
      const found = foundDecimal(value);
      if (found === null) return null;
      return expected === null ? no : matchOf(holds(compareDecimals(found, expected)));
    };
  };
}

/** The same text for all ways of writing one number. */
function decimalText(text: string): string | null {
  const decimal = parseDecimal(text);
  return decimal === null ? null : `${decimal.isNegative ? '-' : ''}${decimal.whole}.${decimal.fraction}`;
}

function instant(holds: (order: number) => boolean): (runs: readonly Run[]) => Comparison {
  return (runs) => {
    const expected = parseInstants(textOf(runs));
    return (value) => {
      const found = foundInstants(value);
      if (found === null) return null;
      if (expected === null) return no;
      return agreed(
        matchOf(holds(found.ofYear - expected.ofYear)),
        matchOf(holds(found.ofSeconds - expected.ofSeconds)),
      );
    };
  };
}

function truth(runs: readonly Run[]): Comparison {
  const expected = textOf(runs);
  return (value) => {
    const isBoolean = /^(?:true|false)$/i.test(value);
    if (!isBoolean) return null;
    if (value === expected) return expected === 'true' || expected === 'false' ? matchOf(true) : maybe;
    // AWS documents `true` and `false` only; whether `True` is the same is not said.
    return value.toLowerCase() === expected.toLowerCase() ? maybe : no;
  };
}

/** No negated operator compares bytes, so that a value which is not base64 need not be told from another one. */
function bytes(runs: readonly Run[]): Comparison {
  const expected = decodeBase64(textOf(runs));
  return (value) => matchOf(expected !== null && decodeBase64(value) === expected);
}

/** The bytes as a text of one character each; `null` if it is not base64. */
function decodeBase64(text: string): string | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  return atob(text);
}

function inRange(runs: readonly Run[]): Comparison {
  const expected = parseIpRange(textOf(runs));
  return (value) => {
    const found = foundIpAddress(value);
    if (found === null) return null;
    return expected === null ? no : matchOf(containsAddress(expected, found));
  };
}

function arnLike(runs: readonly Run[]): Comparison {
  const match = partedArnLike(runs, 'text');
  // spec: IAM-VAR-8
  const other = hasSubstitutedColon(runs) ? partedArnLike(runs, 'substituted') : null;
  return (value) => {
    if (!isArnShaped(value)) return null;
    return other === null ? match(value) : agreed(match(value), other(value));
  };
}

function partedArnLike(runs: readonly Run[], colons: 'text' | 'substituted'): (arn: string) => Match {
  const pattern = compileArnPattern(runs, colons);
  if (pattern.parts.length === arnPartCount) return (value) => matchOf(matchesArn(pattern, value));
  // spec: IAM-COND-12
  const glob = compileGlob(runs);
  return (value) => (glob.matches(value) ? maybe : no);
}
