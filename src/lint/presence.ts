/** Conditions whose wildcard matches every value, so that only the key's presence counts, or nothing at all. */
import type { ConditionAt } from './policy-view.ts';

/**
 * What a condition comes to that compares with `*`: it always holds, it never does, or it holds exactly where the key is
 * `present` or `absent`. `null`: it compares with something.
 * spec: LINT-AA-3
 */
export type Presence = 'always' | 'never' | 'present' | 'absent';

export function presenceOf({ base, qualifier, ifExists, values }: ConditionAt): Presence | null {
  if (base !== 'StringLike' && base !== 'StringNotLike') return null;
  if (!values.some(({ text }) => /^\*+$/.test(text))) return null;
  const holdsPresent = base === 'StringLike';
  const holdsAbsent =
    ifExists || qualifier === 'ForAllValues' || (qualifier === null && base === 'StringNotLike');
  if (holdsPresent) return holdsAbsent ? 'always' : 'present';
  return holdsAbsent ? 'absent' : 'never';
}
