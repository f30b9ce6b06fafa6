/** The size of a policy as AWS counts it. */
import type { LintContext } from './lint-rule.ts';

/**
 * Characters of the policy: `'without-whitespace'` as IAM counts (spaces outside of texts are free), `'as-stored'` as
 * Organizations, S3 and KMS do. Without the text at hand the compact form is counted, which is the least it can be.
 * spec: LINT-SIZE-1
 */
export function policySizeCharacters(
  context: Pick<LintContext, 'policy' | 'text'>,
  counting: 'without-whitespace' | 'as-stored',
): number {
  const compact = JSON.stringify(context.policy.value ?? null);
  return counting === 'without-whitespace' ? compact.length : (context.text ?? compact).length;
}
