import { accessAnalyzerPage } from './aws-page.ts';
import type { Severity } from './finding.ts';
import type { LintRule } from './lint-rule.ts';

/** A rule that IAM Access Analyzer has too: its page is the page of that check. */
export function accessAnalyzerRule(rule: Omit<LintRule, 'url'> & { readonly issueCode: string }): LintRule {
  return { ...rule, url: accessAnalyzerPage(kindOf[rule.severity], rule.issueCode) };
}

// spec: LINT-AA-1
const kindOf = {
  error: 'error',
  'security-warning': 'security-warning',
  warning: 'general-warning',
  suggestion: 'suggestion',
} as const satisfies Record<Severity, string>;
