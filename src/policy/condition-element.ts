/**
 * One condition (`operator: { key: values }`) as a test: the operator's entry wrapped by its set prefix and IfExists,
 * over a key that is present, absent, or unknown.
 * spec: IAM-COND-13, IAM-COND-14, IAM-COND-15, IAM-COND-16, IAM-COND-17, IAM-COND-18, IAM-COND-19
 */
import type { ContextValue, RequestContext } from './context.ts';
import type { ConditionEntry, PolicyVersion } from './document/policy-document.ts';
import type { CompiledElement, Unknown } from './element.ts';
import { compileGlob, type Run } from './glob.ts';
import { both, either, maybe, negation, no, yes, matchOf, type Match } from './match.ts';
import { parseOperator, type Comparison, type ConditionOperator, type OperatorParts } from './operators.ts';
import {
  hasVariables,
  parseTemplate,
  resolveTemplate,
  runsOf,
  textOf,
  widened,
  type Resolved,
  type Template,
} from './policy-variables.ts';
import type { Question } from './question.ts';

export interface ConditionElement extends CompiledElement {
  /**
   * Where the condition holds only if the key, in lower case, has exactly one value and that is one of these; `null`
   * for all other conditions.
   */
  readonly equals: { readonly key: string; readonly values: readonly string[] } | null;
}

export function compileCondition(entry: ConditionEntry, version: PolicyVersion | null): ConditionElement {
  const parts = parseOperator(entry.operator);
  const shown = {
    element: 'condition',
    pointer: entry.pointer,
    member: 'Condition',
    operator: entry.operator,
    key: entry.key,
    expected: entry.values.map(({ text }) => text),
    found: ({ context }: Question): readonly string[] | null => {
      const value = context.get(entry.key);
      return value.state === 'present' ? value.values : null;
    },
  } as const;
  if (parts === null) {
    const why = `\`${entry.operator}\` is no condition operator, so what the statement means is not known`;
    return { ...shown, equals: null, test: () => maybe, unknowns: () => [{ kind: 'undocumented', why }] };
  }
  const key = entry.key.toLowerCase();
  const comparison = compileValues(entry, parts.operator, version);
  const compare =
    parts.operator.prepare === null ? presence(parts, entry) : wrapped(parts, entry, comparison);
  return {
    ...shown,
    equals: equalValues(parts, entry, version),
    test: ({ context }) => compare(context.get(key), context),
    unknowns: ({ context }) => unknownsOf(entry, context.get(key), parts, comparison, context),
  };
}

function equalValues(
  { name, qualifier, ifExists }: OperatorParts,
  { key, values }: ConditionEntry,
  version: PolicyVersion | null,
): ConditionElement['equals'] {
  if (name !== 'StringEquals' || qualifier !== null || ifExists || values.length === 0) return null;
  const templates = values.map(({ text }) => parseTemplate(text, version));
  if (templates.some(hasVariables)) return null;
  return { key: key.toLowerCase(), values: templates.map((template) => textOf(runsOf(template))) };
}

type Compare = (value: ContextValue, context: RequestContext) => Match;

/** Whether one value of the request satisfies the condition, negation included. */
interface ValueTest {
  test(value: string, context: RequestContext): Match;
  /** Variables in the policy's values. */
  readonly templates: readonly Template[];
}

function wrapped(
  { qualifier, operator, ifExists }: OperatorParts,
  entry: ConditionEntry,
  each: ValueTest,
): Compare {
  if (entry.values.length === 0) return emptyPolicyList(qualifier, ifExists);
  switch (qualifier) {
    case 'ForAllValues':
      return (value, context) => {
        if (value.state === 'unknown') return maybe;
        // spec: IAM-COND-14
        if (value.state === 'absent' || isNullSet(value.values)) return yes;
        let match: Match = yes;
        for (const item of value.values) {
          match = both(match, each.test(item, context));
          if (match === no) return no;
        }
        return match;
      };
    case 'ForAnyValue':
      return (value, context) => {
        if (value.state === 'unknown') return maybe;
        // IfExists changes nothing here. spec: IAM-COND-15, IAM-COND-18
        if (value.state === 'absent') return no;
        let match: Match = no;
        for (const item of value.values) {
          match = either(match, each.test(item, context));
          if (match === yes) return yes;
        }
        return match;
      };
    case null: {
      // spec: IAM-COND-13, IAM-COND-17
      const whenAbsent = matchOf(operator.isNegated || ifExists);
      return (value, context) => {
        if (value.state === 'unknown') return maybe;
        if (value.state === 'absent') return whenAbsent;
        const [only] = value.values;
        if (only === undefined) return whenAbsent;
        // spec: IAM-COND-19
        return value.values.length === 1 ? each.test(only, context) : maybe;
      };
    }
  }
}

/** One empty text alone: what AWS calls a null data set. An empty list has nothing that could fail to compare. */
function isNullSet(values: readonly string[]): boolean {
  return values.length === 1 && values[0] === '';
}

/** `"StringEquals": { "key": [] }`. spec: IAM-COND-20, IAM-COND-21 */
function emptyPolicyList(qualifier: OperatorParts['qualifier'], ifExists: boolean): Compare {
  if (qualifier === 'ForAnyValue') return () => no;
  const onlyIfMissing = qualifier === 'ForAllValues' || ifExists;
  return (value) => {
    if (!onlyIfMissing || value.state === 'unknown') return maybe;
    return matchOf(value.state === 'absent' || value.values.length === 0);
  };
}

// spec: IAM-COND-16
function presence({ qualifier }: OperatorParts, entry: ConditionEntry): Compare {
  if (qualifier === 'ForAllValues') return () => yes;
  if (qualifier === 'ForAnyValue') return () => no;
  if (entry.values.length === 0) return () => maybe;
  const wantsAbsent = matchOf(entry.values.some(({ text }) => text === 'true'));
  const wantsPresent = matchOf(entry.values.some(({ text }) => text === 'false'));
  // AWS documents `true` and `false` only.
  const isOdd = entry.values.some(
    ({ text }) => text !== 'true' && text !== 'false' && /^(?:true|false)$/i.test(text),
  );
  return (value) => {
    if (wantsAbsent === wantsPresent && !isOdd) return wantsAbsent;
    if (value.state === 'unknown' || isOdd) return maybe;
    return value.state === 'absent' || value.values.length === 0 ? wantsAbsent : wantsPresent;
  };
}

const manyValues = 8;

function compileValues(
  entry: ConditionEntry,
  operator: ConditionOperator,
  version: PolicyVersion | null,
): ValueTest {
  const { prepare, isNegated } = operator;
  if (prepare === null) return { test: () => maybe, templates: [] };
  const templates = entry.values.map(({ text }): Template =>
    operator.takesVariables ? parseTemplate(text, version) : [{ kind: 'pattern', text }],
  );
  const fixed = templates.filter((template) => !hasVariables(template)).map(runsOf);
  const variable = templates.filter(hasVariables);
  const fixedComparison = comparisonOf(fixed, operator, prepare);
  const positive = (value: string, context: RequestContext): Match | null => {
    let match = fixedComparison(value);
    for (const template of variable) {
      const resolved = resolveTemplate(template, context);
      const next = comparesWith(resolved, operator, prepare, value);
      // AWS's pages contradict each other on variables in Bool. spec: IAM-VAR-7
      const sure = operator.type === 'bool' && next === yes ? maybe : next;
      match = match === null || sure === null ? null : either(match, sure);
    }
    return match;
  };
  return {
    templates: variable,
    test: (value, context) => {
      const match = positive(value, context);
      // A request's value that is not of the operator's type: AWS documents nothing for the negated operators. spec: IAM-COND-22
      if (match === null) return isNegated ? maybe : no;
      return isNegated ? negation(match) : match;
    },
  };
}

function comparesWith(
  resolved: Resolved,
  operator: ConditionOperator,
  prepare: (runs: readonly Run[]) => Comparison,
  value: string,
): Match | null {
  switch (resolved.state) {
    case 'resolved':
      return prepare(resolved.runs)(value);
    case 'unknown':
      return couldCompare(resolved.runs, operator, prepare, value);
    case 'missing':
      // Equal to nothing, but whether the value is of the operator's type still counts. spec: IAM-VAR-4, IAM-COND-22
      return prepare([])(value) === null ? null : no;
  }
}

/** How the value compares with a text of which a part may be anything. */
function couldCompare(
  runs: readonly (Run | null)[],
  { type, takesWildcards, equalBy }: ConditionOperator,
  prepare: (runs: readonly Run[]) => Comparison,
  value: string,
): Match | null {
  const match = prepare(widened(runs))(value);
  if (match !== no) return match === null ? null : maybe;
  const form = equalBy ?? (type === 'bool' ? (text: string) => text.toLowerCase() : (text: string) => text);
  const known = runs.map((run): Run | null => {
    if (run === null) return run;
    return { kind: takesWildcards ? run.kind : 'literal', text: form(run.text) ?? run.text };
  });
  return compileGlob(widened(known)).matches(form(value) ?? value) ? maybe : no;
}

function comparisonOf(
  fixed: readonly (readonly Run[])[],
  { equalBy }: ConditionOperator,
  prepare: (runs: readonly Run[]) => Comparison,
): Comparison {
  const [first] = fixed;
  if (first === undefined) return () => no;
  if (fixed.length === 1) return prepare(first);
  if (equalBy !== null && fixed.length > manyValues) {
    const expected = new Set(fixed.map((runs) => equalBy(textOf(runs))));
    return (value) => {
      const form = equalBy(value);
      return form === null ? null : matchOf(expected.has(form));
    };
  }
  const comparisons = fixed.map(prepare);
  return (value) => {
    let match: Match = no;
    for (const comparison of comparisons) {
      const next = comparison(value);
      if (next === null) return null;
      match = either(match, next);
      if (match === yes) return yes;
    }
    return match;
  };
}

function unknownsOf(
  entry: ConditionEntry,
  value: ContextValue,
  { qualifier, name }: OperatorParts,
  each: ValueTest,
  context: RequestContext,
): readonly Unknown[] {
  if (value.state === 'unknown') return [{ kind: 'key', key: entry.key, why: value.why }];
  if (entry.values.length === 0) {
    return [{ kind: 'undocumented', why: 'AWS contradicts itself on an empty list of values' }];
  }
  if (qualifier === null && value.state === 'present' && value.values.length > 1) {
    const why = `the key has ${String(value.values.length)} values, and AWS does not document \`${name}\` on several values without \`ForAnyValue:\` or \`ForAllValues:\``;
    return [{ kind: 'undocumented', why }];
  }
  const keys = each.templates.flatMap((template): Unknown[] => {
    const resolved = resolveTemplate(template, context);
    return resolved.state === 'unknown'
      ? [{ kind: 'key', key: resolved.key, why: 'a policy variable stands for it' }]
      : [];
  });
  if (keys.length > 0) return keys;
  const why = `AWS does not document how \`${name}\` compares values of this form`;
  return [{ kind: 'undocumented', why }];
}
