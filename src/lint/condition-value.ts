/** Compares one value of a policy with one value that a request is known to carry, as the operator would. */
import { matchesPattern } from './wildcard.ts';

/**
 * Whether a positive String or Arn operator holds for this pair. Any other operator, and a value with a policy
 * variable, counts as holding: nothing can be said against it.
 */
export function comparesEqual(base: string, policyValue: string, requestValue: string): boolean {
  if (policyValue.includes('${')) return true;
  switch (base) {
    case 'StringEquals':
      return policyValue === requestValue;
    case 'StringEqualsIgnoreCase':
      return policyValue.toLowerCase() === requestValue.toLowerCase();
    case 'StringLike':
      return matchesPattern(policyValue, requestValue);
    case 'ArnEquals':
    case 'ArnLike':
      return matchesArn(policyValue, requestValue);
    default:
      return true;
  }
}

/** Whether an ARN pattern matches an ARN, part by part. */
export function matchesArn(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  const found = arnParts(arn);
  return (
    wanted.length === 6 &&
    found.length === 6 &&
    wanted.every((part, index) => matchesPattern(part, found[index] ?? ''))
  );
}

/** The six parts of an ARN or ARN pattern, the last with its colons; fewer where the text has fewer. */
export function arnParts(text: string): string[] {
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
