import { deliveryRules } from '../../src/delivery/findings.ts';
import type { DeliveryRule } from '../../src/delivery/delivery-rule.ts';
import { accessAnalyzerChecks, type AccessAnalyzerCheck } from '../../src/lint/access-analyzer-checks.ts';
import { accessAnalyzerReference } from '../../src/lint/aws-page.ts';
import { severities, type Severity } from '../../src/lint/finding.ts';
import type { LintExample, LintRule } from '../../src/lint/lint-rule.ts';
import { lintRules } from '../../src/lint/rules.ts';

/** docs/findings.md: every finding by its code, with why and an example of wrong and right. */
export function findingsPage(): string {
  const rules = Object.values<LintRule>(lintRules);
  const ofDelivery = Object.values<DeliveryRule>(deliveryRules);
  return [
    '# Findings',
    '',
    'What `sealpost lint` and the `findings` of `sealpost check` tell. Codes are stable. A severity is that of the usual',
    'case: some findings are graver or milder where more is known. To live with a finding, name its code, its place and',
    'the reason in `sealpost.config.json` or `.yaml`:',
    '',
    '```json',
    '{ "suppressions": [{ "code": "missing-version", "path": "legacy/*.json", "reason": "written by a tool" }] }',
    '```',
    '',
    'or beside what it is about: `# sealpost-ignore CODE -- reason` in YAML (at the end of a line about that line, on a',
    'line of its own about the entry below), `Metadata: { sealpost: { ignore: [{ code, reason }] } }` of a resource in a',
    'template. `--baseline FILE` leaves out what was there before. A suppression that matches nothing is told as',
    '`unused-suppression`; none changes a verdict.',
    '',
    ...severities.flatMap((severity) => summary(severity, rules, ofDelivery)),
    '## About whole deliveries',
    '',
    ...ofDelivery.flatMap(deliverySection),
    '## About policies',
    '',
    ...rules.flatMap(ruleSection),
    '## The checks of IAM Access Analyzer',
    '',
    `Each issue code of [AWS's reference](${accessAnalyzerReference}), and what stands for it here.`,
    '',
    '| Access Analyzer | Sealpost |',
    '|---|---|',
    ...Object.values(accessAnalyzerChecks)
      .flatMap((checks) => Object.entries(checks))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([issueCode, check]) => `| ${issueCode} | ${counterpart(issueCode, check, rules)} |`),
  ].join('\n');
}

function counterpart(issueCode: string, check: AccessAnalyzerCheck, rules: readonly LintRule[]): string {
  if (check === 'rule')
    return rules
      .filter((rule) => rule.issueCode === issueCode)
      .map(({ code }) => `[${code}](#${code})`)
      .join(', ');
  if ('leftOut' in check) return `no finding: ${check.leftOut}`;
  return `refused as a fault of the grammar, \`${check.fault}\``;
}

function summary(
  severity: Severity,
  rules: readonly LintRule[],
  ofDelivery: readonly DeliveryRule[],
): string[] {
  const rows = [...ofDelivery, ...rules].filter((rule) => rule.severity === severity);
  if (rows.length === 0) return [];
  return [
    `**${severity}**: ${rows
      .map(({ code }) => code)
      .sort()
      .map((code) => `[${code}](#${code})`)
      .join(', ')}`,
    '',
  ];
}

function deliverySection({ code, severity, title, why, url }: DeliveryRule): string[] {
  return [`### ${code}`, '', `${severity}: ${title}. ${why}`, '', `[AWS's page](${url})`, ''];
}

function ruleSection(rule: LintRule): string[] {
  const { code, severity, title, why, url, issueCode, types, examples } = rule;
  const facts = [
    types === undefined ? null : `in policies of kind ${types.join(', ')}`,
    issueCode === undefined ? null : `Access Analyzer: \`${issueCode}\``,
    `[AWS's page](${url})`,
  ].filter((fact) => fact !== null);
  const [wrong] = examples.wrong;
  const [right] = examples.right;
  return [
    `### ${code}`,
    '',
    `${severity}: ${title}. ${why}`,
    '',
    facts.join(' · '),
    '',
    ...(wrong === undefined ? [] : example('Wrong', wrong)),
    // Where Access Analyzer's page shows it too, one side is enough.
    ...(right === undefined || issueCode !== undefined ? [] : example('Right', right)),
  ];
}

/** Longer examples (of policies that are too large) show nothing. */
const exampleMaxCharacters = 600;

function example(name: string, { policy }: LintExample): string[] {
  const text = JSON.stringify(Array.isArray(policy) && policy.length === 1 ? policy[0] : policy);
  return text.length > exampleMaxCharacters ? [] : [`${name}:`, '', '```json', text, '```', ''];
}
