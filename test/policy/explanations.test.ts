/**
 * Whole explanations, held as text: every layer, statement and element with what was compared, what is not known and
 * why. When one changes on purpose: `vitest run test/policy/explanations.test.ts -u`, and read the difference.
 */
import { expect, test } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import type { StatementTrace } from '../../src/policy/decision.ts';
import type { GrantInput, PolicyInput, PolicyInputs } from '../../src/policy/policy-inputs.ts';
import type { Principal } from '../../src/policy/principal.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';
import { explainDecision } from '../../src/policy/trace.ts';
import {
  accountForTest,
  caseContext,
  compiledForTest,
  noPolicies,
  roleForTest,
  sourceForTest,
  userForTest,
  type CaseContext,
} from './policy-case.ts';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1';
const config: Principal = { kind: 'service', name: 'config.amazonaws.com' };
const role = roleForTest('arn:aws:iam::111122223333:role/config');
const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const deny = { Effect: 'Deny', Action: 'kms:*', Resource: '*' };
const toService = { ...allow, Principal: { Service: 'config.amazonaws.com' } };
const notGiven: PolicyInput = { kind: 'unknown', source: sourceForTest('not given'), why: 'nobody gave it' };

interface Asked {
  readonly principal: Principal;
  readonly action?: string;
  readonly resource?: string;
  readonly owner?: string | null;
  readonly context?: CaseContext;
  readonly inputs: Partial<PolicyInputs>;
}

function policy(type: Parameters<typeof compiledForTest>[0], ...statements: readonly unknown[]): PolicyInput {
  return compiledForTest(type, { Version: '2012-10-17', Statement: statements });
}

function grant(grantId: string, members: Partial<GrantInput>): GrantInput {
  return {
    grantId,
    granteePrincipal: 'arn:aws:iam::111122223333:user/ann',
    operations: ['Decrypt'],
    retiringPrincipal: null,
    issuingAccount: null,
    encryptionContextSubset: null,
    encryptionContextEquals: null,
    source: sourceForTest(`grant ${grantId}`),
    ...members,
  };
}

const asked: Readonly<Record<string, Asked>> = {
  'what keeps each statement from matching': {
    principal: config,
    context: { 'aws:SourceAccount': '111122223333', 'aws:TagKeys': ['a', 'b', 'c', 'd'] },
    inputs: {
      resource: policy(
        'key',
        { ...toService, Sid: 'Other', Principal: { Service: 'ec2.amazonaws.com' } },
        { ...toService, Principal: { AWS: ['111122223333', '444455556666'] } },
        {
          Effect: 'Allow',
          NotPrincipal: { Service: 'config.amazonaws.com' },
          Action: 'kms:*',
          Resource: '*',
        },
        allow,
        { ...toService, Action: ['kms:Encrypt', 'kms:Sign'] },
        { Effect: 'Allow', Principal: '*', NotAction: 'kms:*', Resource: '*' },
        { Effect: 'Allow', Principal: '*', Resource: '*' },
        { ...toService, Resource: `${keyArn}x` },
        { Effect: 'Allow', Principal: '*', Action: 'kms:*', NotResource: keyArn },
        { Effect: 'Allow', Principal: '*', Action: 'kms:*' },
        { ...toService, Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2', '3', '4', '5'] } } },
        { ...toService, Condition: { StringLike: { 'aws:SourceArn': 'arn:*' }, Null: { 'aws:x': 'false' } } },
        { ...toService, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'e' } } },
        { ...toService, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [] } } },
        { ...deny, Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ),
    },
  },
  'what is not known of conditions, and why': {
    principal: config,
    context: {
      'aws:a': { unknown: 'AWS does not say' },
      'aws:b': { unknown: 'nobody told' },
      'aws:one': 'x',
      'aws:two': ['x', 'y'],
      'aws:word': 'True',
    },
    inputs: {
      resource: policy(
        'key',
        { ...toService, Condition: { StringEquals: { 'AWS:a': 'x', 'aws:b': ['y', 'z'] } } },
        { ...toService, Condition: { StringLikes: { 'aws:one': 'x' } } },
        { ...toService, Condition: { StringEquals: { 'aws:one': [] } } },
        { ...toService, Condition: { StringNotEquals: { 'aws:two': 'x' } } },
        {
          ...toService,
          Condition: { StringEquals: { 'aws:one': ['${aws:a}', '${aws:b}', '${aws:two}', 'z'] } },
        },
        { ...toService, Condition: { 'ForAnyValue:StringEquals': { 'aws:two': '${aws:a}' } } },
        { ...toService, Condition: { Bool: { 'aws:word': 'true' } } },
        { ...toService, Condition: { NumericNotEquals: { 'aws:one': '5' } } },
        { ...toService, Condition: { StringEquals: { 'aws:one': 'x', 'AWS:One': 'y' } } },
        { ...toService, Condition: { Null: { 'aws:one': 'True' } } },
      ),
    },
  },
  'what is not known of actions, resources and principals, and why': {
    principal: roleForTest('arn:aws:iam::111122223333:role/config', { isSessionNameUncertain: true }),
    context: { 'aws:a': { unknown: 'AWS does not say' } },
    owner: '111122223333',
    inputs: {
      resource: policy(
        'key',
        { ...allow, Principal: '*', Action: 'kms*' },
        { Effect: 'Allow', Principal: '*', NotAction: '*Decrypt', Resource: '*' },
        {
          ...allow,
          Principal: '*',
          Resource: [`*${keyArn}*`, 'arn:aws:s3:::none', 'arn:aws:kms:us-east-1:111122223333:key/${aws:a}'],
        },
        { Effect: 'Allow', Principal: '*', Action: '*', NotResource: `*${keyArn}` },
        { ...allow, Principal: { AWS: 'AROAEXAMPLE' } },
        { ...allow, Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/config/other' } },
        { ...allow, Principal: { CanonicalUser: 'abc' } },
        { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
      ),
      resourceControl: [[policy('rcp', deny, { ...deny, Principal: '*', Resource: 'arn:aws:kms' })]],
    },
  },
  'a service-linked role that a policy names': {
    principal: roleForTest('arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/A'),
    owner: '111122223333',
    inputs: {
      resource: policy('key', {
        ...allow,
        Principal: { AWS: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/A' },
      }),
    },
  },
  'every layer of a role, of which some were not given': {
    principal: role,
    owner: '111122223333',
    inputs: {
      identity: [policy('identity', { ...allow, Sid: 'Use' }), notGiven],
      boundary: policy('boundary', allow),
      session: [policy('session', allow), policy('session', { ...allow, Action: 's3:*' })],
      resource: policy('key', { ...allow, Principal: { AWS: '111122223333' } }),
      serviceControl: [[policy('scp', allow)], [policy('scp', allow), notGiven]],
      resourceControl: [[policy('rcp', { ...deny, Principal: { AWS: '444455556666' } })]],
      vpcEndpoint: policy('vpc-endpoint', { ...allow, Principal: '*' }),
    },
  },
  'a denial by several layers': {
    principal: role,
    owner: '111122223333',
    inputs: {
      identity: [policy('identity', allow, { ...deny, Action: 'kms:Enc*' }, deny)],
      boundary: policy('boundary', allow, deny),
      resource: policy('key', { ...allow, Principal: '*' }),
      serviceControl: [[policy('scp', allow)], [policy('scp', allow, { ...deny, Sid: 'NoKeys' })]],
    },
  },
  'what comes closest where identity and key policy both lack something': {
    principal: userForTest,
    owner: '111122223333',
    inputs: {
      identity: [
        policy('identity', { ...allow, Action: 'kms:Encrypt' }, { ...allow, Resource: `${keyArn}x` }),
      ],
      resource: policy(
        'key',
        { ...allow, Principal: { AWS: '111122223333' } },
        { ...allow, Principal: { AWS: '444455556666' } },
        { ...allow, Principal: { AWS: '444455556666' }, Action: 'kms:Encrypt' },
      ),
    },
  },
  grants: {
    principal: userForTest,
    owner: '111122223333',
    context: { 'kms:EncryptionContext:a': { unknown: 'it was not given' } },
    inputs: {
      resource: policy('key', { ...allow, Principal: { AWS: '444455556666' } }),
      grants: [
        grant('other', { granteePrincipal: 'arn:aws:iam::111122223333:user/bob', operations: [] }),
        grant('open', { encryptionContextEquals: { a: '1', b: '2' } }),
        grant('subset', { operations: ['Encrypt', 'Decrypt'], encryptionContextSubset: { a: '1' } }),
      ],
    },
  },
  'grants whose grantee was not given, or that are not needed': {
    principal: userForTest,
    owner: '111122223333',
    context: { 'kms:EncryptionContext:a': { unknown: 'it was not given' } },
    inputs: {
      resource: policy('key', { ...allow, Principal: { AWS: '444455556666' } }),
      grants: [
        grant('whose', { granteePrincipal: null }),
        grant('subset', { encryptionContextSubset: { a: '1' } }),
      ],
    },
  },
  'an unknown key beside a grant that is not needed': {
    principal: userForTest,
    owner: '111122223333',
    context: { 'aws:a': { unknown: 'nobody told' } },
    inputs: {
      resource: policy(
        'key',
        { ...allow, Principal: { AWS: 'arn:aws:iam::111122223333:user/ann' } },
        { ...deny, Principal: '*', Condition: { StringEquals: { 'aws:a': 'x' } } },
      ),
      grants: [grant('whose', { granteePrincipal: null })],
    },
  },
  'callers that have no identity policies': {
    principal: { kind: 'federated', provider: 'accounts.google.com' },
    owner: '111122223333',
    inputs: {
      identity: [policy('identity', allow)],
      resource: policy('key', { ...allow, Principal: { Federated: 'accounts.google.com' } }, toService),
    },
  },
  'what lets somebody of another account in and what does not': {
    principal: roleForTest('arn:aws:iam::444455556666:role/config'),
    owner: '111122223333',
    inputs: {
      identity: [policy('identity', { ...allow, Action: 'kms:Encrypt' })],
      resource: policy(
        'key',
        { ...allow, Principal: { AWS: 'arn:aws:iam::444455556666:role/config' } },
        { ...allow, Principal: '*' },
      ),
    },
  },
  'a grant that allows': {
    principal: userForTest,
    owner: '111122223333',
    inputs: {
      resource: policy('key', { ...allow, Principal: { AWS: '444455556666' } }),
      grants: [grant('no', { operations: ['Encrypt'] }), grant('yes', {})],
    },
  },
  'an account and its key that both allow': {
    principal: roleForTest('arn:aws:iam::444455556666:role/config'),
    owner: '111122223333',
    inputs: {
      identity: [policy('identity', allow, { ...allow, Action: 's3:*' })],
      resource: policy('key', { ...allow, Principal: { AWS: '444455556666' } }, toService),
      boundary: policy('boundary', allow),
    },
  },
  'an owner that was not given': {
    principal: userForTest,
    action: 's3:PutObject',
    resource: 'arn:aws:s3:::logs/a',
    inputs: { identity: [policy('identity', { ...allow, Action: 's3:*' })] },
  },
  'a boundary that may limit a key policy for everyone': {
    principal: userForTest,
    owner: '111122223333',
    inputs: {
      boundary: policy('boundary', { ...allow, Action: 's3:*' }),
      resource: policy('key', { ...allow, Principal: '*' }, { ...allow, Principal: { AWS: '444455556666' } }),
    },
  },
};

// spec: IAM-EXPLAIN-1, IAM-EXPLAIN-2
test.each(Object.entries(asked))('the explanation of %s', async (name, question) => {
  await expect(explained(question)).toMatchFileSnapshot(
    `../golden/policy/${name.replaceAll(/[^a-z]+/g, '-')}.txt`,
  );
});

function explained({ principal, action, resource, owner, context, inputs }: Asked): string {
  const request: AuthorizationRequest = {
    principal,
    action: action ?? 'kms:Decrypt',
    resource: resource ?? keyArn,
    resourceAccount: typeof owner === 'string' ? accountForTest(owner) : null,
    context: caseContext(context ?? {}),
  };
  const all = { ...noPolicies, ...inputs };
  const { outcome, reason, statements, unknown } = decide(request, all);
  const lines = [`${outcome}, ${reason}; would settle it: ${unknown.join(', ') || 'nothing'}`];
  for (const statement of statements) {
    lines.push(`  ${told(statement)}`);
    for (const mismatch of statement.mismatches) lines.push(`    ${JSON.stringify(mismatch)}`);
  }
  for (const { layer, outcome: said, exemption, levels } of explainDecision(request, all).layers) {
    lines.push('', `${layer}: ${said}${exemption === null ? '' : ` (${exemption})`}`);
    for (const [index, level] of levels.entries()) {
      for (const { policy: source, unknown: why, statements: list } of level) {
        lines.push(`  level ${String(index)}, ${source.source}${why === null ? '' : `: ${why}`}`);
        for (const { elements, ...statement } of list) {
          lines.push(`    ${told(statement)}`);
          for (const element of elements) lines.push(`      ${JSON.stringify(element)}`);
        }
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

function told({ layer, policy: source, pointer, sid, effect, matched, because }: StatementTrace): string {
  return `${layer}, ${source.source}, ${pointer} ${sid ?? '-'} ${effect}: ${matched} ${because}`.trim();
}
