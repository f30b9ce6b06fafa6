import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LintExample, LintRule } from './lint-rule.ts';
import { lintWith } from './lint-policy.ts';
import { lintRules } from './rules.ts';

const source = { source: 'policy', label: 'the policy', file: null, locate: () => null };

// spec: LINT-AA-1, LINT-SIZE-1
describe.each(Object.entries<LintRule>(lintRules))('%s', (code, rule) => {
  it('is registered under its own code, in a file of that name', () => {
    expect(rule.code).toBe(code);
    expect(readdirSync(new URL('rules/', import.meta.url))).toContain(`${code}.ts`);
  });

  it('has an example of what is wrong and of what is right', () => {
    expect(rule.examples.wrong.length).toBeGreaterThan(0);
    expect(rule.examples.right.length).toBeGreaterThan(0);
  });

  it.each(rule.examples.wrong.map((example, index) => [index, example] as const))(
    'finds the fault in wrong example %i',
    (_, example) => {
      const findings = findingsOf(rule, example);
      expect(findings.map(({ pointer }) => pointer).toSorted()).toEqual([...(example.at ?? [])].toSorted());
      for (const { message } of findings) expect(message).toMatch(/^\S.*[^.\s]$/s);
    },
  );

  it.each(rule.examples.right.map((example, index) => [index, example] as const))(
    'finds nothing in right example %i',
    (_, example) => {
      expect(findingsOf(rule, example)).toEqual([]);
    },
  );
});

it('every file of a rule is registered', () => {
  const files = readdirSync(new URL('rules/', import.meta.url)).filter((name) => !name.endsWith('.test.ts'));
  expect(files.map((name) => name.replace(/\.ts$/, '')).toSorted()).toEqual(
    Object.keys(lintRules).toSorted(),
  );
});

function findingsOf(rule: LintRule, { policy, type, facts }: LintExample) {
  const value = Array.isArray(policy) ? { Version: '2012-10-17', Statement: policy } : policy;
  return lintWith([rule], { value, type, source, ...(facts === undefined ? {} : { facts }) });
}
