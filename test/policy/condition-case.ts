/** The rows of cases/policy/conditions.json: one Condition, and the context of one request. */
import { expect } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { caseContext, compiledForTest, noPolicies, userForTest, type CaseContext } from './policy-case.ts';

export interface ConditionCase {
  readonly name: string;
  readonly condition: unknown;
  readonly context: CaseContext;
  readonly expect: { readonly match: string };
}

/** Each condition stands in an Allow and, beside an Allow of everything, in a Deny: a guess would show in one of them. */
const outcomes: Readonly<Record<string, { allow: string; deny: string }>> = {
  yes: { allow: 'allowed', deny: 'denied' },
  no: { allow: 'denied', deny: 'allowed' },
  unknown: { allow: 'unknown', deny: 'unknown' },
};

export function checkCondition(row: ConditionCase): void {
  const common = { Action: '*', Resource: '*' };
  const allow = { Effect: 'Allow', ...common, Condition: row.condition };
  const deny = { Effect: 'Deny', ...common, Condition: row.condition };
  expect(outcomeWith([allow], row.context), `${row.name}: in an Allow`).toBe(
    outcomes[row.expect.match]?.allow,
  );
  expect(outcomeWith([{ Effect: 'Allow', ...common }, deny], row.context), `${row.name}: in a Deny`).toBe(
    outcomes[row.expect.match]?.deny,
  );
}

function outcomeWith(statements: readonly unknown[], context: CaseContext): string {
  const identity = compiledForTest('identity', { Version: '2012-10-17', Statement: statements });
  const request = {
    principal: userForTest,
    action: 'kms:Decrypt',
    resource: '*',
    resourceAccount: null,
    context: caseContext(context),
  };
  return decide(request, { ...noPolicies, identity: [identity] }).outcome;
}
