import { accessAnalyzerPage } from './aws-page.ts';
import type { Severity } from './finding.ts';
import type { LintRule } from './lint-rule.ts';

/**
 * A rule that IAM Access Analyzer has too: its page is the page of that check.
 *
 * @param severityThere where the reference is graver or milder than we are
 */
export function accessAnalyzerRule(
  rule: Omit<LintRule, 'url'> & { readonly issueCode: string },
  severityThere: Severity = rule.severity,
): LintRule {
  return { ...rule, url: accessAnalyzerPage(severityThere, rule.issueCode) };
}
