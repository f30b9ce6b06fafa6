/**
 * Generated policies and requests for the comparison of the two engines: every element, operator and form of
 * principal, over few names, so that they often meet. `@` in an action stands for the service asked, `%` in a
 * resource for the resource asked.
 */
import fc from 'fast-check';
import {
  absent,
  present,
  presentList,
  requestContext,
  unknownValue,
  type ContextValue,
} from '../../src/policy/context.ts';
import { derivedContext, type OrganizationPlace } from '../../src/policy/derived-context.ts';
import type { PolicyInputs } from '../../src/policy/policy-inputs.ts';
import type { Principal } from '../../src/policy/principal.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';
import { accountForTest, compiledForTest, roleForTest, sourceForTest } from '../policy/policy-case.ts';
import type {
  GivenPolicy,
  PlainGrant,
  PlainPolicies,
  PlainStatement,
  ResourcePolicyType,
} from './reference-evaluator.ts';

const own = '111122223333';
const other = '444455556666';
const linkedRole = 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig';

const callers: readonly Principal[] = [
  {
    kind: 'user',
    arn: `arn:aws:iam::${own}:user/team/ann`,
    account: accountForTest(own),
    partition: 'aws',
    uniqueId: 'AIDAEXAMPLEANN000000',
  },
  {
    kind: 'user',
    arn: `arn:aws:iam::${other}:user/bob`,
    account: accountForTest(other),
    partition: 'aws',
    uniqueId: null,
  },
  roleForTest(`arn:aws:iam::${own}:role/path/config`, { roleUniqueId: 'AROAEXAMPLECONFIG0000' }),
  roleForTest(`arn:aws:iam::${own}:role/path/config`),
  roleForTest(`arn:aws:iam::${own}:role/path/config`, { isSessionNameUncertain: true }),
  roleForTest(`arn:aws:iam::${other}:role/config`, { roleUniqueId: 'AROAEXAMPLEOTHER00000' }),
  roleForTest(`arn:aws:iam::${own}:role/${linkedRole}`),
  { kind: 'account-root', account: accountForTest(own), partition: 'aws' },
  { kind: 'account-root', account: accountForTest(other), partition: 'aws' },
  {
    kind: 'federated-user',
    arn: `arn:aws:sts::${own}:federated-user/fay`,
    account: accountForTest(own),
    partition: 'aws',
    userArn: `arn:aws:iam::${own}:user/team/ann`,
  },
  { kind: 'service', name: 'config.amazonaws.com' },
  { kind: 'federated', provider: 'token.example.com' },
  { kind: 'anonymous' },
];

const awsNames = [
  ...['*', own, `arn:aws:iam::${own}:root`, other],
  ...[
    `arn:aws:iam::${own}:user/team/ann`,
    `arn:aws:iam::${other}:user/bob`,
    'AIDAEXAMPLEANN000000',
    'AROAEXAMPLECONFIG0000',
  ],
  ...[`arn:aws:iam::${own}:role/path/config`, `arn:aws:iam::${other}:role/config`],
  `arn:aws:iam::${own}:role/${linkedRole}`,
  ...[`arn:aws:iam::${own}:role/path/*`, `arn:aws:sts::${own}:assumed-role/config/*`],
  ...[`arn:aws:sts::${own}:assumed-role/config/session`, `arn:aws:sts::${own}:assumed-role/config/another`],
  ...[`arn:aws:sts::${other}:assumed-role/config/session`, `arn:aws:sts::${own}:federated-user/fay`],
  `arn:aws:sts::${own}:assumed-role/AWSServiceRoleForConfig/session`,
];

/** Something asked for: the kind of thing, what owns it, what can be done to it. */
interface Target {
  readonly type: ResourcePolicyType | null;
  readonly resource: string;
  readonly owners: readonly (string | null)[];
  readonly actions: readonly string[];
}

const keyActions = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:PutKeyPolicy'];
const targets: readonly Target[] = [
  {
    type: 'key',
    resource: `arn:aws:kms:us-east-1:${own}:key/1`,
    owners: [own, own, null],
    actions: [...keyActions, 'kms:RetireGrant', 'kms:CreateGrant'],
  },
  {
    type: 'bucket',
    resource: 'arn:aws:s3:::logs/a/b',
    owners: [own, own, own, other, null],
    actions: ['s3:PutObject', 's3:GetObject'],
  },
  {
    type: 'bucket',
    resource: 'arn:aws:s3:::logs',
    owners: [own, own, other, null],
    actions: ['s3:PutBucketPolicy', 's3:ListBucket'],
  },
  { type: 'topic', resource: `arn:aws:sns:us-east-1:${own}:news`, owners: [own], actions: ['sns:Publish'] },
  {
    type: 'trust',
    resource: `arn:aws:iam::${own}:role/path/target`,
    owners: [own],
    actions: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'],
  },
  {
    type: null,
    resource: '*',
    owners: [null],
    actions: ['s3:ListAllMyBuckets', 'kms:CreateKey', 'sts:GetCallerIdentity', 'sts:GetSessionToken'],
  },
];

const conditionKeys = ['aws:SourceAccount', 'aws:SourceArn', 'aws:TagKeys', 'aws:Probe'];
const derivedKeys = [
  ...['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalType', 'aws:PrincipalIsAWSService'],
  ...['aws:userid', 'aws:username', 'aws:ViaAWSService', 'aws:PrincipalOrgID', 'aws:PrincipalServiceName'],
];
const encryptionKeys = ['kms:EncryptionContext:aws:s3:arn', 'kms:EncryptionContext:Purpose'];

/** Values by type: a condition takes most of its values from its operator's own. */
const valuesOf: Readonly<
  Record<string, { readonly request: readonly string[]; readonly policy: readonly string[] }>
> = {
  String: {
    request: ['a', 'A', 'ab', 'b', '', own, '*', '?', 'path/config', '*config', 'a*'],
    policy: ['a', 'A', 'b', '', 'a*', '?', '*', own, '*config', '${*}', '${aws:Probe}', '${AWS:probe}b'],
  },
  Numeric: {
    request: ['5', '5.0', '-7', '007', '+6', 'five', '1e1'],
    policy: ['5', '6', '5.00', '-7', '7', 'five', '1e1'],
  },
  Date: {
    request: ['2026-01-01', '2026-01-01T00:00:00Z', '1767225600', '2026', '2026-06-01T12:30:00.5Z', 'soon'],
    policy: ['2026-01-01', '2026-01-01T00:00:00Z', '1767225600', '2026', '2026-06', 'soon'],
  },
  Bool: { request: ['true', 'false', 'True', 'yes'], policy: ['true', 'false', 'TRUE', 'yes'] },
  Binary: { request: ['QQ==', 'QUI=', 'QUJD', 'x'], policy: ['QQ==', 'QUI=', 'QUJD', 'x'] },
  Ip: {
    request: ['10.0.0.1', '10.1.2.3', '192.0.2.1', '2001:db8::1', '2001:DB8:0:0::1', 'nowhere'],
    policy: [
      '10.0.0.0/8',
      '10.0.0.1',
      '10.0.0.9/31',
      '192.0.2.0/24',
      '0.0.0.0/0',
      '2001:db8::/32',
      '10.0.0.0/33',
    ],
  },
  Arn: {
    request: [`arn:aws:config:us-east-1:${own}:*`, 'arn:aws:s3:::logs', 'arn:aws:s3:::logs/a:b', 'logs', '*'],
    policy: [
      ...[`arn:aws:config:*:${own}:*`, 'arn:aws:s3:::logs*', 'arn:*:s3:::l?gs', 'arn:aws:s3:::${aws:Probe}'],
      ...['arn:aws:*', '*', 'logs', 'arn:aws:iam::*:role/*', 'arn:*', '${aws:SourceArn}'],
    ],
  },
};
const requestValues = Object.values(valuesOf).flatMap(({ request }) => request);

/** Values that an unknown key is tried with: of every type, and what the request's other keys have. */
export function samplesFor({ context }: AuthorizationRequest): readonly KnownValue[] {
  const found = new Set<string>();
  for (const [, value] of context.entries())
    if (value.state === 'present') for (const text of value.values) found.add(text);
  const further = [...found].filter((text) => !requestValues.includes(text));
  return [...samples, ...further.map((text) => present(text) as KnownValue)];
}

type KnownValue = Exclude<ContextValue, { state: 'unknown' }>;

const samples = [
  absent,
  ...requestValues.map((value) => present(value)),
  ...['logs/a/b', 'logs/', '::logs'].map((value) => present(value)),
  presentList(['a', 'b']),
  presentList(['a']),
  presentList(['5', 'five']),
  presentList([]),
] as readonly KnownValue[];

const operators = [
  ...['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ...['StringLike', 'StringNotLike', 'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress'],
  ...['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
  ...['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals'],
  ...['NumericGreaterThan', 'NumericGreaterThanEquals', 'DateEquals', 'DateNotEquals', 'DateLessThan'],
  ...['DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
];

const familyOf = (operator: string) =>
  Object.keys(valuesOf).find((name) => operator.replace('Not', '').startsWith(name)) ?? 'String';

const anyPolicyValue = fc.constantFrom(
  ...Object.values(valuesOf).flatMap(({ policy }) => policy),
  "${aws:Probe, 'a'}",
  '${aws:TagKeys}',
  '${?}',
  '${open',
);
const someKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...conditionKeys, 'AWS:sourceaccount') },
  { weight: 2, arbitrary: fc.constantFrom(...derivedKeys) },
  { weight: 1, arbitrary: fc.constantFrom(...encryptionKeys) },
);

const oneCondition: fc.Arbitrary<readonly [string, Record<string, unknown>]> = fc
  .constantFrom(...operators, ...operators, 'Null', 'Null', 'Null', 'Nonsense')
  .chain((operator) => {
    const { policy } = valuesOf[familyOf(operator)] ?? { policy: [''] };
    const value =
      operator === 'Null'
        ? fc.constantFrom('true', 'false', true, false)
        : fc.oneof(
            { weight: 5, arbitrary: fc.constantFrom(...policy) },
            { weight: 1, arbitrary: anyPolicyValue },
          );
    return fc
      .tuple(
        fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
        fc.constantFrom('', '', 'IfExists'),
        fc.dictionary(someKey, fc.oneof(value, value, fc.array(value, { maxLength: 3 })), {
          minKeys: 1,
          maxKeys: 2,
        }),
      )
      .map(([prefix, suffix, block]) => [`${prefix}${operator}${suffix}`, block] as const);
  });
const condition = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc.array(oneCondition, { minLength: 1, maxLength: 2 }).map((all) => Object.fromEntries(all)),
  },
);

const oneOrSome = (common: readonly string[], rare: readonly string[]) => {
  const one = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...common) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
  return fc.oneof(
    { weight: 3, arbitrary: one },
    { weight: 1, arbitrary: fc.array(one, { minLength: 1, maxLength: 3 }) },
  );
};
const actions = oneOrSome(
  ['*', '*', '@:*', '@:*', '@:Put*', '@:?e*', '@:Assume*', 'S3:putobject', 'kms:Decrypt', 'sns:Publish'],
  ['*:*', '?ms:*', 's*:*', '*ct', 'PutObject', 'kms:', 'ec2:*', '@:Retire*', 's3:*BucketPolicy'],
);
const resources = oneOrSome(
  ['*', '*', '*', '%', '%', '%*', 'arn:aws:s3:::logs/*', 'arn:aws:s3:::logs', `arn:aws:kms:*:${own}:key/*`],
  [
    ...['*%*', '*arn:aws:s3:::logs', 'arn:aws:s3', 'arn:aws:s3*', 'arn:aws:*', 'arn:*', 'arn:aws:*:::logs'],
    ...['arn:aws:s3:::lo?s/?/*', 'arn:aws:s3:::logs/${aws:Probe}*', '%${aws:SourceAccount}', 'other'],
    ...["arn:aws:s3:::${aws:Probe, 'logs'}", 'arn:aws:s*:::logs/*', 'arn:aws:iam::*:role/path/*'],
  ],
);
const principals = fc.oneof(
  { weight: 2, arbitrary: fc.constant('*' as const) },
  {
    weight: 6,
    arbitrary: fc
      .oneof(
        fc.constantFrom(...awsNames),
        fc.array(fc.constantFrom(...awsNames), { minLength: 1, maxLength: 4 }),
      )
      .map((AWS) => ({ AWS })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string | string[]>>(
      { Service: 'config.amazonaws.com' },
      { Service: ['sns.amazonaws.com', 'config.amazonaws.com'], AWS: other },
      { Federated: 'token.example.com' },
      { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
    ),
  },
);

/** The parts of a statement; which of them it has depends on the kind of policy that it will stand in. */
const draft = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny'),
  actions,
  resources,
  principals,
  condition,
  shape: fc.integer({ min: 0, max: 999 }),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

const policyDraft = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', undefined),
      statements: fc.array(draft, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant('unknown' as const) },
);
type PolicyDraft = typeof policyDraft extends fc.Arbitrary<infer T> ? T : never;

function seldom<T>(of: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | null> {
  return fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: of });
}

const grant: fc.Arbitrary<PlainGrant> = fc.record({
  granteePrincipal: fc.constantFrom(
    ...awsNames.filter((name) => name.startsWith('arn:') && !name.endsWith('*')),
  ),
  operations: fc.subarray(['Decrypt', 'GenerateDataKey', 'DescribeKey', 'RetireGrant'], { minLength: 1 }),
  retiringPrincipal: fc.constantFrom(
    null,
    null,
    `arn:aws:iam::${own}:user/team/ann`,
    `arn:aws:iam::${own}:role/path/config`,
  ),
  issuingAccount: fc.constantFrom(null, accountForTest(own), accountForTest('444455556666')),
  encryptionContextSubset: fc.constantFrom(null, null, { purpose: 'a' }),
  encryptionContextEquals: fc.constantFrom(
    null,
    null,
    null,
    { 'aws:s3:arn': 'a' },
    { Purpose: 'a', 'aws:s3:arn': 'a' },
  ),
});

const drafts = fc.record({
  target: fc.constantFrom(...targets),
  identity: fc.array(policyDraft, { maxLength: 2 }),
  boundary: seldom(policyDraft, 4),
  session: seldom(fc.array(policyDraft, { minLength: 1, maxLength: 2 }), 4),
  resource: fc.option(policyDraft, { nil: null, freq: 6 }),
  grants: seldom(fc.array(grant, { maxLength: 2 }), 2),
  scp: seldom(fc.array(fc.array(policyDraft, { minLength: 1, maxLength: 2 }), { maxLength: 2 }), 6),
  rcp: seldom(fc.array(fc.array(policyDraft, { maxLength: 1 }), { maxLength: 2 }), 6),
  vpcEndpoint: seldom(policyDraft, 8),
});

/** Policies, and requests that are judged with them. */
export interface Pairs {
  readonly policies: PlainPolicies;
  readonly requests: readonly AuthorizationRequest[];
}

const contextValue: fc.Arbitrary<ContextValue> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...requestValues).map((value) => present(value)) },
  {
    weight: 2,
    arbitrary: fc
      .uniqueArray(fc.constantFrom(...requestValues), { maxLength: 3 })
      .map((values) => presentList(values)),
  },
  { weight: 3, arbitrary: fc.constant(absent) },
  { weight: 2, arbitrary: fc.constant(unknownValue('not given')) },
);
const encryptionValue = fc.constantFrom<ContextValue>(
  absent,
  present('a'),
  present('A'),
  unknownValue('not given'),
);

const askedFor = fc.record({
  principal: fc.constantFrom(...callers, ...callers.slice(0, 3)),
  action: fc.nat(),
  owner: fc.nat(),
  organization: fc.constantFrom<OrganizationPlace | null | undefined>(
    null,
    { id: 'a', path: 'a/r-b/' },
    undefined,
  ),
  isForwarded: fc.constantFrom(undefined, undefined, false, true),
  context: fc.tuple(contextValue, contextValue, contextValue, contextValue),
  encryption: fc.tuple(encryptionValue, encryptionValue),
});
type AskedFor = typeof askedFor extends fc.Arbitrary<infer T> ? T : never;

/** Several requests for each set of policies: making policies costs more than deciding by them. */
export const pairs = (count: number): fc.Arbitrary<Pairs> =>
  fc
    .tuple(drafts, fc.array(askedFor, { minLength: count, maxLength: count }))
    .map(([{ target, ...given }, asked]) => {
      const policy = (type: string) => (one: PolicyDraft) => policyOf(one, type, target);
      const levels = (type: string, all: readonly (readonly PolicyDraft[])[] | null) =>
        all === null ? null : all.map((level) => level.map(policy(type)));
      return {
        policies: {
          identity: given.identity.map(policy('identity')),
          boundary: given.boundary === null ? null : policy('boundary')(given.boundary),
          session: given.session === null ? null : given.session.map(policy('session')),
          resource:
            given.resource !== null && target.type !== null
              ? { type: target.type, policy: policy(target.type)(given.resource) }
              : null,
          grants: target.type === 'key' ? (given.grants ?? []) : [],
          scp: levels('scp', given.scp),
          rcp: levels('rcp', given.rcp),
          vpcEndpoint: given.vpcEndpoint === null ? null : policy('vpc-endpoint')(given.vpcEndpoint),
        },
        requests: asked.map((one) => requestOf(one, target)),
      };
    });

function policyOf(given: PolicyDraft, type: string, target: Target): GivenPolicy {
  if (given === 'unknown') return given;
  return {
    ...(given.Version === undefined ? {} : { Version: given.Version }),
    Statement: given.statements.map((one) => statementOf(one, type, target)),
  };
}

function statementOf(given: Draft, type: string, target: Target): PlainStatement {
  const { shape } = given;
  const resource = filled(given.resources, '%', target.resource);
  const action = filled(given.actions, '@', target.actions[0]?.split(':')[0] ?? '');
  const hasPrincipal = !['identity', 'boundary', 'session', 'scp'].includes(type);
  const isFree = type !== 'trust' && type !== 'rcp';
  const parts: Record<string, unknown> = { Effect: given.Effect };
  parts[shape % 10 === 0 ? 'NotAction' : 'Action'] = action;
  const mayLack = ['key', 'topic'].includes(type) && shape % 17 === 0;
  if (type !== 'trust' && !mayLack) parts[shape % 7 === 0 ? 'NotResource' : 'Resource'] = resource;
  if (type === 'rcp') parts['Principal'] = '*';
  else if (hasPrincipal && !(isFree && shape % 23 === 0))
    parts[isFree && shape % 5 === 0 ? 'NotPrincipal' : 'Principal'] = given.principals;
  if (given.condition !== undefined) parts['Condition'] = given.condition;
  return parts as unknown as PlainStatement;
}

function filled(texts: string | readonly string[], sign: string, by: string): string | readonly string[] {
  return typeof texts === 'string' ? texts.replace(sign, by) : texts.map((text) => text.replace(sign, by));
}

function requestOf(asked: AskedFor, target: Target): AuthorizationRequest {
  const { principal, action, owner, organization, isForwarded, context, encryption } = asked;
  const account = target.owners[owner % target.owners.length] ?? null;
  return {
    principal,
    action: target.actions[action % target.actions.length] ?? '',
    resource: target.resource,
    resourceAccount: account === null ? null : accountForTest(account),
    context: requestContext([
      ...derivedContext(principal, {
        ...(organization === undefined ? {} : { principalOrganization: organization }),
        calledVia: isForwarded === true ? ['s3.amazonaws.com'] : [],
      }),
      ...conditionKeys.map((key, index) => [key, context[index] ?? absent] as const),
      ...(target.type === 'key'
        ? encryptionKeys.map((key, index) => [key, encryption[index] ?? absent] as const)
        : []),
    ]),
    ...(isForwarded === undefined ? {} : { isForwarded }),
  };
}

/** The same policies, compiled. */
export function compiled(policies: PlainPolicies): PolicyInputs {
  const of = (type: Parameters<typeof compiledForTest>[0]) => (policy: GivenPolicy) =>
    policy === 'unknown'
      ? ({ kind: 'unknown', source: sourceForTest(type), why: 'it was not given' } as const)
      : compiledForTest(type, policy);
  const { boundary, resource, vpcEndpoint } = policies;
  return {
    identity: policies.identity.map(of('identity')),
    boundary: boundary === null ? null : of('boundary')(boundary),
    session: policies.session?.map(of('session')) ?? null,
    resource: resource === null ? null : of(resource.type)(resource.policy),
    grants: policies.grants.map((one) => ({ ...one, grantId: null, source: sourceForTest('grant') })),
    serviceControl: policies.scp?.map((level) => level.map(of('scp'))) ?? null,
    resourceControl: policies.rcp?.map((level) => level.map(of('rcp'))) ?? null,
    vpcEndpoint: vpcEndpoint === null ? null : of('vpc-endpoint')(vpcEndpoint),
  };
}
