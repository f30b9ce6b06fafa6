/** Generated policies and requests over few names, so that they often meet. */
import fc from 'fast-check';
import {
  present,
  presentList,
  absent,
  requestContext,
  unknownValue,
  type ContextValue,
  type RequestContext,
} from '../../src/policy/context.ts';
import type { PolicyInputs } from '../../src/policy/policy-inputs.ts';
import type { Principal } from '../../src/policy/principal.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';
import { accountForTest, compiledForTest, roleForTest, sourceForTest, userForTest } from './policy-case.ts';

const role = 'arn:aws:iam::111122223333:role/config';
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1';
const objectArn = 'arn:aws:s3:::logs/a';

export const keys = ['aws:SourceAccount', 'aws:SourceArn', 'aws:TagKeys', 'aws:Probe'] as const;
const values = ['a', 'b', '', '5', '10.0.0.1', 'arn:aws:s3:::logs', 'true', '2026-01-01'];
const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'NumericLessThan',
  'NumericNotEquals',
  'DateGreaterThan',
  'Bool',
  'IpAddress',
  'NotIpAddress',
  'ArnLike',
  'ArnNotEquals',
  'BinaryEquals',
];
const wrapped = operators.flatMap((name) => [
  name,
  `${name}IfExists`,
  `ForAnyValue:${name}`,
  `ForAllValues:${name}`,
]);

const policyValue = fc.constantFrom(
  ...values,
  '*',
  'a*',
  '10.0.0.0/8',
  'arn:aws:s3:::*',
  '${aws:Probe}',
  "${aws:Probe, 'a'}",
);
const condition = fc.dictionary(
  fc.constantFrom(...wrapped, 'Null', 'ForAllValues:Null', 'Nonsense'),
  fc.dictionary(
    fc.constantFrom(...keys, 'AWS:SourceAccount'),
    fc.oneof(policyValue, fc.array(policyValue, { maxLength: 3 })),
    {
      minKeys: 1,
      maxKeys: 2,
    },
  ),
  { maxKeys: 2 },
);

const actions = ['kms:Decrypt', 'kms:*', '*', 's3:PutObject', 'S3:Put*', 'kms:?ecrypt', 'PutObject', '*ct'];
const resources = [
  '*',
  keyArn,
  objectArn,
  'arn:aws:s3:::logs/*',
  `*${keyArn}*`,
  'arn:aws:s3',
  'arn:aws:s3:::logs/${aws:Probe}',
];
const principals: readonly unknown[] = [
  '*',
  { AWS: '*' },
  { AWS: '111122223333' },
  { AWS: role },
  { AWS: ['arn:aws:iam::111122223333:user/ann', '444455556666'] },
  { AWS: 'arn:aws:sts::111122223333:assumed-role/config/session' },
  { Service: 'config.amazonaws.com' },
  { AWS: 'AROAEXAMPLE' },
];

const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny');
const someOf = (items: readonly string[]) =>
  fc.oneof(fc.constantFrom(...items), fc.subarray([...items], { minLength: 1 }));

const common = {
  Effect: effect,
  ...{ Condition: fc.option(condition, { nil: undefined, freq: 2 }) },
};

function withOne(name: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(fc.integer({ min: 0, max: 4 }), values)
    .map(([n, value]) => ({ [n === 0 ? `Not${name}` : name]: value }));
}

export const identityStatement: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(fc.record(common), withOne('Action', someOf(actions)), withOne('Resource', someOf(resources)))
  .map((parts) => compact(Object.assign({}, ...parts)));

export const resourceStatement: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(identityStatement, withOne('Principal', fc.constantFrom(...principals)))
  .map(([statement, principal]) => ({ ...statement, ...principal }));

export const version = fc.constantFrom('2012-10-17', '2008-10-17');

function statements(of: fc.Arbitrary<Record<string, unknown>>) {
  return fc.record({ Version: version, Statement: fc.array(of, { minLength: 1, maxLength: 4 }) });
}

/** Mostly none: each further layer makes a denial more likely. */
function seldom<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: of });
}

/** The documents behind a request, before they are compiled, so that properties can change them. */
export const documents = fc.record({
  identity: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: statements(identityStatement) },
      { weight: 1, arbitrary: fc.constant('unknown' as const) },
    ),
    { maxLength: 2 },
  ),
  boundary: seldom(statements(identityStatement)),
  session: seldom(fc.array(statements(identityStatement), { minLength: 1, maxLength: 2 })),
  resource: fc.option(statements(resourceStatement), { freq: 5 }),
  scp: seldom(
    fc.array(fc.array(statements(identityStatement), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  ),
  rcp: seldom(
    fc.array(fc.array(statements(resourceStatement.filter((s) => 'Principal' in s)), { maxLength: 1 }), {
      maxLength: 1,
    }),
  ),
});

export type Documents = typeof documents extends fc.Arbitrary<infer T> ? T : never;

export function inputsOf(given: Documents, resourceType: 'key' | 'bucket'): PolicyInputs {
  return {
    identity: given.identity.map((policy) =>
      policy === 'unknown'
        ? { kind: 'unknown', source: sourceForTest('identity'), why: 'not given' }
        : compiledForTest('identity', policy),
    ),
    boundary: given.boundary === null ? null : compiledForTest('boundary', given.boundary),
    session: given.session?.map((policy) => compiledForTest('session', policy)) ?? null,
    resource: given.resource === null ? null : compiledForTest(resourceType, given.resource),
    grants: [],
    serviceControl: given.scp?.map((level) => level.map((policy) => compiledForTest('scp', policy))) ?? null,
    resourceControl: given.rcp?.map((level) => level.map((policy) => compiledForTest('rcp', policy))) ?? null,
    vpcEndpoint: null,
  };
}

const knownValue: fc.Arbitrary<ContextValue> = fc.oneof(
  fc.constantFrom(...values).map((value) => present(value)),
  fc.array(fc.constantFrom(...values), { maxLength: 3 }).map((list) => presentList(list)),
  fc.constant(absent),
);

export const contextEntry = fc.oneof(
  { weight: 3, arbitrary: knownValue },
  { weight: 1, arbitrary: fc.constant(unknownValue('not given')) },
);
export const completion = knownValue;

export type Entries = Record<(typeof keys)[number], ContextValue>;

export const contextEntries: fc.Arbitrary<Entries> = fc.record({
  'aws:SourceAccount': contextEntry,
  'aws:SourceArn': contextEntry,
  'aws:TagKeys': contextEntry,
  'aws:Probe': contextEntry,
});

export function contextOf(entries: Entries): RequestContext {
  return requestContext(Object.entries(entries));
}

const callers: readonly Principal[] = [
  userForTest,
  roleForTest(role, { roleUniqueId: 'AROAEXAMPLE' }),
  roleForTest(role, { isSessionNameUncertain: true }),
  roleForTest('arn:aws:iam::444455556666:role/config'),
  { kind: 'account-root', account: accountForTest('111122223333'), partition: 'aws' },
  { kind: 'service', name: 'config.amazonaws.com' },
  { kind: 'anonymous' },
];

export const caller = fc.constantFrom(...callers);

export interface Asked {
  readonly principal: Principal;
  readonly about: 'key' | 'bucket';
  readonly owner: string | null;
  readonly entries: Entries;
}

export const asked: fc.Arbitrary<Asked> = fc.record({
  principal: caller,
  about: fc.constantFrom('key' as const, 'bucket' as const),
  owner: fc.constantFrom('111122223333', '111122223333', '444455556666', null),
  entries: contextEntries,
});

export function requestOf({ principal, about, owner, entries }: Asked): AuthorizationRequest {
  return {
    principal,
    action: about === 'key' ? 'kms:Decrypt' : 's3:PutObject',
    resource: about === 'key' ? keyArn : objectArn,
    resourceAccount: owner === null ? null : accountForTest(owner),
    context: contextOf(entries),
  };
}

function compact(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
