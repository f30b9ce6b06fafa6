/** Compares one value of a policy with one value that a request is known to carry, by the engine's own operators. */
import { yes } from '../policy/match.ts';
import { conditionOperators, type ConditionOperator } from '../policy/operators.ts';

/**
 * Whether a positive String or Arn operator holds for this pair. Any other operator, and a value with a policy
 * variable, counts as holding: nothing can be said against it.
 */
export function comparesEqual(base: string, policyValue: string, requestValue: string): boolean {
  if (policyValue.includes('${')) return true;
  const operators: Readonly<Record<string, ConditionOperator>> = conditionOperators;
  const operator = Object.hasOwn(operators, base) ? operators[base] : undefined;
  if (operator === undefined || operator.isNegated || operator.prepare === null) return true;
  if (operator.type !== 'string' && operator.type !== 'arn') return true;
  return operator.prepare([{ kind: 'pattern', text: policyValue }])(requestValue) === yes;
}

/** Whether an ARN pattern matches an ARN, part by part. */
export function matchesArn(pattern: string, arn: string): boolean {
  return comparesEqual('ArnLike', pattern, arn);
}

/** The six parts of an ARN or ARN pattern, the last with its colons; fewer where the text has fewer. */
export function arnParts(text: string): string[] {
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
