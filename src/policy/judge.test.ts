import { describe, expect, test } from 'vitest';
import { caseContext, compiledForTest, noPolicies, userForTest } from '../../test/policy/policy-case.ts';
import { judge, questionOf } from './judge.ts';
import type { AuthorizationRequest } from './request.ts';

const request: AuthorizationRequest = {
  principal: userForTest,
  action: 's3:PutObject',
  resource: '*',
  resourceAccount: null,
  context: caseContext({}),
};
const policy = (Effect: 'Allow' | 'Deny') =>
  compiledForTest('identity', { Statement: { Effect, Action: '*', Resource: '*' } });

describe('a judgement', () => {
  // spec: IAM-EVAL-1
  test('until denied asks no layer behind the first certain Deny, else it asks all', () => {
    const inputs = { ...noPolicies, identity: [policy('Deny')], boundary: policy('Allow') };
    const question = questionOf(request, inputs);
    const short = judge(question, inputs, { untilDenied: true });
    expect(short).toMatchObject({ outcome: 'denied', reason: 'identity-explicit-deny', isComplete: false });
    expect(short.findings.boundary).toBeNull();
    const whole = judge(question, inputs, { untilDenied: false });
    expect(whole).toMatchObject({ outcome: 'denied', reason: 'identity-explicit-deny', isComplete: true });
    expect(whole.findings.boundary).not.toBeNull();
  });

  // spec: IAM-STS-1
  test('that needs no layer is complete', () => {
    const question = questionOf({ ...request, action: 'sts:GetCallerIdentity' }, noPolicies);
    expect(judge(question, noPolicies, { untilDenied: true }).isComplete).toBe(true);
  });
});

test('the service of an action stands before its colon, in lower case; an action without one has none', () => {
  const serviceOf = (action: string) => questionOf({ ...request, action }, noPolicies).service;
  expect(serviceOf('KMS:Decrypt')).toBe('kms');
  expect(serviceOf('kmsx')).toBe('');
});
