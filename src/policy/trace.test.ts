import { describe, expect, test } from 'vitest';
import {
  caseContext,
  compiledForTest,
  noPolicies,
  roleForTest,
  userForTest,
  type CaseContext,
} from '../../test/policy/policy-case.ts';
import { decide } from './decide.ts';
import type { PolicyInputs } from './policy-inputs.ts';
import type { Principal } from './principal.ts';
import { explainDecision } from './trace.ts';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1';
const config: Principal = { kind: 'service', name: 'config.amazonaws.com' };
const statement = {
  Sid: 'AWSConfigKMSPolicy',
  Effect: 'Allow',
  Principal: { Service: 'config.amazonaws.com' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: keyArn,
  Condition: { StringEquals: { 'AWS:SourceAccount': '222222222222' } },
};

function asked(
  principal: Principal,
  statements: readonly unknown[],
  context: CaseContext = {},
  more: Partial<PolicyInputs> = {},
) {
  const request = {
    principal,
    action: 'kms:GenerateDataKey',
    resource: keyArn,
    resourceAccount: null,
    context: caseContext(context),
  };
  const inputs = {
    ...noPolicies,
    resource: compiledForTest('key', { Version: '2012-10-17', Statement: statements }, 'keys[0].policy'),
    ...more,
  };
  return { decision: decide(request, inputs), explanation: explainDecision(request, inputs) };
}

function becauseOf(
  principal: Principal,
  statements: readonly unknown[],
  context: CaseContext = {},
  more: Partial<PolicyInputs> = {},
) {
  return asked(principal, statements, context, more).decision.statements.map(
    ({ pointer, matched, because }) => `${pointer} ${matched}: ${because}`,
  );
}

describe('the statements of a decision', () => {
  // spec: IAM-EXPLAIN-2
  test('a condition that fails says what the policy has and what the request has', () => {
    expect(becauseOf(config, [statement], { 'aws:SourceAccount': '111122223333' })).toEqual([
      '/Statement/0 no: Condition StringEquals AWS:SourceAccount: the policy says `222222222222`, the request has `111122223333`',
    ]);
  });

  // spec: IAM-EXPLAIN-2
  test('a mismatch keeps its parts for whoever mends it', () => {
    const [trace] = asked(config, [statement], { 'aws:SourceAccount': '111122223333' }).decision.statements;
    expect(trace).toMatchObject({
      sid: 'AWSConfigKMSPolicy',
      layer: 'resource',
      effect: 'Allow',
      policy: { source: 'keys[0].policy' },
    });
    expect(trace?.mismatches).toEqual([
      {
        element: 'condition',
        match: 'no',
        pointer: '/Statement/0/Condition/StringEquals/AWS:SourceAccount',
        operator: 'StringEquals',
        key: 'AWS:SourceAccount',
        expected: ['222222222222'],
        found: ['111122223333'],
      },
    ]);
  });

  // spec: IAM-EXPLAIN-2
  test.each<[string, Record<string, unknown>, CaseContext, string]>([
    [
      'an absent key',
      statement,
      {},
      'Condition StringEquals AWS:SourceAccount: the policy says `222222222222`, the request has no such key',
    ],
    [
      'another service',
      { ...statement, Principal: { Service: 'ec2.amazonaws.com' }, Condition: {} },
      {},
      'Principal: the policy names `ec2.amazonaws.com`, the caller is `config.amazonaws.com`',
    ],
    [
      'another action',
      { ...statement, Action: 'kms:Decrypt', Condition: {} },
      {},
      'Action: the policy lists `kms:Decrypt`, the request is `kms:GenerateDataKey`',
    ],
    [
      'an action left out',
      { ...statement, Action: undefined, NotAction: 'kms:*', Condition: {} },
      {},
      'NotAction: the policy leaves out `kms:*`, and the request is `kms:GenerateDataKey`',
    ],
    [
      'another resource',
      { ...statement, Resource: 'myKMSKeyARN', Condition: {} },
      {},
      `Resource: the policy names \`myKMSKeyARN\`, the request is about \`${keyArn}\``,
    ],
    [
      'no resource',
      { ...statement, Resource: undefined, Condition: {} },
      {},
      'Resource: the statement has none, so it has no effect',
    ],
    [
      'many values',
      { ...statement, Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2', '3', '4', '5'] } } },
      { 'aws:SourceAccount': '6' },
      'Condition StringEquals aws:SourceAccount: the policy says `1`, `2`, `3` and 2 more, the request has `6`',
    ],
  ])('%s is told in words', (_name, one, context, because) => {
    const compact = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined));
    expect(becauseOf(config, [compact], context)).toEqual([`/Statement/0 no: ${because}`]);
  });

  // spec: IAM-EXPLAIN-2
  test('of several statements those that lack the least are named, in the order of the policy', () => {
    const far = { ...statement, Action: 'kms:Encrypt', Resource: `${keyArn}x` };
    const unrelated = { ...statement, Principal: { AWS: '444455556666' }, Action: 'kms:Encrypt' };
    const near = { ...statement, Condition: { StringEquals: { 'aws:SourceAccount': '3' } } };
    const lines = becauseOf(config, [far, statement, unrelated, near], { 'aws:SourceAccount': '1' });
    expect(lines.map((line) => line.slice(0, 12))).toEqual(['/Statement/1', '/Statement/3']);
    expect(becauseOf(config, [unrelated])).toEqual([]);
  });

  // spec: IAM-EXPLAIN-2
  test('a statement that only delegates is named with that', () => {
    const delegation = {
      Effect: 'Allow',
      Principal: { AWS: '111122223333' },
      Action: 'kms:*',
      Resource: '*',
    };
    expect(becauseOf(userForTest, [delegation])).toEqual([
      "/Statement/0 yes: it names the caller's account, which leaves it to that account's identity policies and lets nobody in by itself",
    ]);
  });

  // spec: IAM-EXPLAIN-2
  test('an explicit deny names the statements that deny, and nothing else', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' };
    const other = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(becauseOf(config, [statement, other, deny], { 'aws:SecureTransport': true })).toEqual([
      '/Statement/2 yes: ',
    ]);
  });

  // spec: IAM-EXPLAIN-2
  test('a level of SCPs that does not allow names what came closest there', () => {
    const scp = (statements: readonly unknown[]) =>
      compiledForTest('scp', { Version: '2012-10-17', Statement: statements });
    const full = scp([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const narrow = scp([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
    const { decision } = asked(
      roleForTest('arn:aws:iam::111122223333:role/config'),
      [statement],
      {},
      { serviceControl: [[full], [narrow]] },
    );
    expect(decision.reason).toBe('no-scp-allow');
    expect(decision.statements.map(({ layer, because }) => `${layer}: ${because}`)).toEqual([
      'scp: Action: the policy lists `s3:*`, the request is `kms:GenerateDataKey`',
    ]);
  });

  test('an unknown outcome names the statements that are open, and why', () => {
    expect(becauseOf(config, [statement], { 'aws:SourceAccount': { unknown: 'AWS does not say' } })).toEqual([
      '/Statement/0 unknown: Condition StringEquals AWS:SourceAccount: the policy says `222222222222`, and it is not known whether that holds: AWS does not say',
    ]);
  });
});

describe('the explanation of a decision', () => {
  // spec: IAM-EXPLAIN-1
  test('shows every layer, with why those that do not apply do not', () => {
    const { explanation } = asked(
      config,
      [statement],
      { 'aws:SourceAccount': '222222222222' },
      { serviceControl: [[]] },
    );
    expect(
      Object.fromEntries(
        explanation.layers.map(({ layer, outcome, exemption }) => [layer, exemption ?? outcome]),
      ),
    ).toEqual({
      scp: 'SCPs do not apply to service principals',
      rcp: "no RCPs apply to the resource's account",
      'vpc-endpoint': 'the request came through no VPC endpoint',
      resource: 'allow',
      identity: 'a service principal has no identity policies',
      boundary: 'this kind of caller has no permissions boundary',
      session: 'the caller is no session',
      grant: 'the key has no grants',
    });
  });

  // spec: IAM-EXPLAIN-1
  test('shows every element of every statement with what was compared', () => {
    const { explanation } = asked(config, [statement], { 'aws:SourceAccount': '222222222222' });
    const layer = explanation.layers.find(({ layer: name }) => name === 'resource');
    expect(
      layer?.levels[0]?.[0]?.statements[0]?.elements.map(({ member, match, found }) => [
        member,
        match,
        found,
      ]),
    ).toEqual([
      ['Principal', 'yes', ['config.amazonaws.com']],
      ['Action', 'yes', ['kms:GenerateDataKey']],
      ['Resource', 'yes', [keyArn]],
      ['Condition', 'yes', ['222222222222']],
    ]);
  });

  test('shows a grant that does not help, and what it is for', () => {
    const source = { source: 'keys[0].grants[0]', label: 'grant', file: null, locate: () => null };
    const grant = {
      grantId: 'g',
      granteePrincipal: 'arn:aws:iam::111122223333:role/other',
      operations: ['Decrypt'],
      retiringPrincipal: null,
      issuingAccount: null,
      encryptionContextSubset: { a: 'b' },
      encryptionContextEquals: null,
      source,
    };
    const { explanation } = asked(userForTest, [statement], {}, { grants: [grant] });
    const layer = explanation.layers.find(({ layer: name }) => name === 'grant');
    expect(layer?.levels[0]?.[0]?.statements[0]?.because).toBe(
      'the grant lets `arn:aws:iam::111122223333:role/other` call `Decrypt` with the encryption context `a`=`b`',
    );
  });
});

test('a decision is written as JSON with all of its members', () => {
  const { decision } = asked(config, [statement], { 'aws:SourceAccount': '222222222222' });
  const written = JSON.parse(JSON.stringify(decision)) as object;
  expect(Object.keys(written)).toEqual(['outcome', 'reason', 'layers', 'statements', 'unknown']);
  expect(written).toMatchObject({
    outcome: 'allowed',
    reason: 'resource-policy-allow',
    unknown: [],
  });
});
