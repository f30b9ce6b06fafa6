import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../policy/document/parse-policy.ts';
import { readJson } from '../policy/document/read-json.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import { accessAnalyzerChecks, type AccessAnalyzerCheck } from './access-analyzer-checks.ts';
import { accessAnalyzerPage, accessAnalyzerReference } from './aws-page.ts';
import { severities } from './finding.ts';
import type { LintRule } from './lint-rule.ts';
import { lintRules } from './rules.ts';

/** One row of cases/lint-grammar: a text that the grammar refuses, and Access Analyzer with it. */
interface GrammarCase {
  readonly name: string;
  readonly issueCode: string;
  readonly type: PolicyType;
  readonly text: string;
  readonly fault: { readonly code: string; readonly pointer: string; readonly line: number };
}

const cases = JSON.parse(
  readFileSync(new URL('../../cases/lint-grammar/refused.json', import.meta.url), 'utf8'),
) as GrammarCase[];

const checks: Readonly<Record<string, AccessAnalyzerCheck>> = Object.assign(
  {},
  ...Object.values(accessAnalyzerChecks),
);

// spec: LINT-AA-5
describe("the checks of Access Analyzer's reference", () => {
  const issueCodes = Object.values<LintRule>(lintRules).flatMap(({ issueCode }) => issueCode ?? []);

  it('that are said to be a rule have one, and no rule has a code that the reference lacks', () => {
    const promised = Object.entries(checks).flatMap(([code, check]) => (check === 'rule' ? [code] : []));
    expect([...new Set(issueCodes)].toSorted()).toEqual(
      [...promised, ...issueCodes.filter((code) => isFault(code))].toSorted(),
    );
  });

  it('are linked at their place in the reference', () => {
    const linked = Object.values<LintRule>(lintRules).filter(({ url }) =>
      url.startsWith(accessAnalyzerReference),
    );
    for (const { code, url, issueCode = '' } of linked) {
      const severity = severities.find((one) => issueCode in accessAnalyzerChecks[one]) ?? 'error';
      expect(url, code).toBe(accessAnalyzerPage(severity, issueCode));
    }
  });

  it.each(Object.keys(checks).filter(isFault))('%s has a case that the grammar refuses', (code) => {
    expect(cases.map(({ issueCode }) => issueCode)).toContain(code);
  });

  it.each(cases.map((row) => [row.name, row] as const))('%s', (_, { issueCode, type, text, fault }) => {
    expect(checks[issueCode]).toEqual({ fault: fault.code });
    const faults = faultsOf(text, type);
    expect(faults.map(({ code, pointer, line }) => ({ code, pointer, line }))).toEqual([fault]);
  });
});

function isFault(code: string): boolean {
  const check = checks[code];
  return typeof check === 'object' && 'fault' in check;
}

function faultsOf(text: string, type: PolicyType) {
  const read = readJson(text, { file: 'policy.json' });
  if (!read.ok) return read.faults;
  const parsed = parsePolicy(read.source.value, {
    type,
    file: 'policy.json',
    locate: (pointer) => read.source.locate(pointer),
  });
  return parsed.ok ? [] : parsed.faults;
}
