import { describe, expect, test } from 'vitest';
import { parseAccountId } from '../aws/account-id.ts';
import { requestContext, type ContextValue } from './context.ts';
import { derivedContext, type ContextFacts } from './derived-context.ts';
import type { Principal } from './principal.ts';

const parsed = parseAccountId('111122223333');
if (parsed === null) throw new Error('an account ID');
const account = parsed;

const principals = {
  user: {
    kind: 'user',
    arn: 'arn:aws:iam::111122223333:user/team/ann',
    account,
    partition: 'aws',
    uniqueId: 'AIDA1',
  },
  role: {
    kind: 'role-session',
    account,
    partition: 'aws',
    roleArn: 'arn:aws:iam::111122223333:role/team/config',
    sessionArn: 'arn:aws:sts::111122223333:assumed-role/config/s',
    sessionName: 's',
    isSessionNameUncertain: false,
    roleUniqueId: 'AROA1',
    isServiceLinked: false,
  },
  root: { kind: 'account-root', account, partition: 'aws' },
  federatedUser: {
    kind: 'federated-user',
    arn: 'arn:aws:sts::111122223333:federated-user/bob',
    account,
    partition: 'aws',
    userArn: null,
  },
  service: { kind: 'service', name: 'config.amazonaws.com' },
  federated: { kind: 'federated', provider: 'accounts.google.com' },
  anonymous: { kind: 'anonymous' },
} as const satisfies Record<string, Principal>;

function shown(value: ContextValue): string {
  return value.state === 'present' ? value.values.join(',') : value.state;
}

function keyOf(principal: Principal, key: string, facts: ContextFacts = {}): string {
  return shown(requestContext(derivedContext(principal, facts)).get(key));
}

describe('context keys that follow from the caller', () => {
  // spec: IAM-CTX-1, IAM-CTX-2, IAM-CTX-3, IAM-CTX-4, IAM-CTX-5, IAM-CALLER-1
  test.each([
    [
      'aws:PrincipalArn',
      'arn:aws:iam::111122223333:user/team/ann',
      'arn:aws:iam::111122223333:role/team/config',
      'arn:aws:iam::111122223333:root',
      'arn:aws:sts::111122223333:federated-user/bob',
      'absent',
      'absent',
      'absent',
    ],
    [
      'aws:PrincipalAccount',
      '111122223333',
      '111122223333',
      '111122223333',
      '111122223333',
      'absent',
      'absent',
      'anonymous',
    ],
    [
      'aws:PrincipalType',
      'User',
      'AssumedRole',
      'Account',
      'FederatedUser',
      'unknown',
      'absent',
      'Anonymous',
    ],
    ['aws:userid', 'AIDA1', 'AROA1:s', '111122223333', '111122223333:bob', 'unknown', 'absent', 'anonymous'],
    ['aws:username', 'ann', 'absent', 'absent', 'absent', 'absent', 'absent', 'absent'],
    ['aws:PrincipalIsAWSService', 'false', 'false', 'false', 'false', 'true', 'absent', 'absent'],
    [
      'aws:PrincipalServiceName',
      'absent',
      'absent',
      'absent',
      'absent',
      'config.amazonaws.com',
      'absent',
      'absent',
    ],
    [
      'aws:PrincipalServiceNamesList',
      'absent',
      'absent',
      'absent',
      'absent',
      'config.amazonaws.com',
      'absent',
      'absent',
    ],
    ['aws:PrincipalOrgID', 'o-1', 'o-1', 'o-1', 'o-1', 'absent', 'absent', 'absent'],
    ['aws:PrincipalOrgPaths', 'o-1/r-1/', 'o-1/r-1/', 'o-1/r-1/', 'o-1/r-1/', 'absent', 'absent', 'absent'],
    ['aws:TokenIssueTime', 'absent', 'unknown', 'absent', 'unknown', 'absent', 'absent', 'absent'],
    ['aws:MultiFactorAuthPresent', 'absent', 'unknown', 'unknown', 'unknown', 'absent', 'absent', 'absent'],
    ['aws:ViaAWSService', 'false', 'false', 'false', 'false', 'false', 'false', 'false'],
    [
      'aws:FederatedProvider',
      'absent',
      'absent',
      'absent',
      'absent',
      'absent',
      'accounts.google.com',
      'absent',
    ],
  ])('%s', (key, ...expected) => {
    const facts = { principalOrganization: { id: 'o-1', path: 'o-1/r-1/' } };
    expect(Object.values(principals).map((principal) => keyOf(principal, key, facts))).toEqual(expected);
  });

  // spec: DLV-SESSION-1
  test('aws:userid of a session whose name is only observed is unknown', () => {
    expect(keyOf({ ...principals.role, isSessionNameUncertain: true }, 'aws:userid')).toBe('unknown');
    expect(keyOf({ ...principals.role, roleUniqueId: null }, 'aws:userid')).toBe('unknown');
  });

  test('what was not given is unknown, what is known not to be is absent', () => {
    for (const key of [
      'aws:PrincipalOrgID',
      'aws:ResourceAccount',
      'aws:ResourceOrgID',
      'aws:RequestedRegion',
      'aws:SecureTransport',
      'aws:CurrentTime',
    ]) {
      expect(keyOf(principals.user, key), key).toBe('unknown');
    }
    const none = { principalOrganization: null, resourceAccount: account, resourceOrganization: null };
    expect(keyOf(principals.user, 'aws:PrincipalOrgID', none)).toBe('absent');
    expect(keyOf(principals.user, 'aws:ResourceOrgPaths', none)).toBe('absent');
    expect(keyOf(principals.user, 'aws:ResourceAccount', none)).toBe('111122223333');
    expect(keyOf(principals.user, 'aws:ResourceOrgID', { resourceAccount: null })).toBe('absent');
    expect(keyOf(principals.user, 'aws:ResourceAccount', { resourceAccount: null })).toBe('absent');
    expect(
      keyOf(principals.user, 'aws:PrincipalOrgPaths', { principalOrganization: { id: 'o-1', path: null } }),
    ).toBe('unknown');
  });

  // spec: IAM-CTX-6
  test('a forwarded call lists the services that it came through', () => {
    const facts = { calledVia: ['athena.amazonaws.com', 's3.amazonaws.com'] };
    expect(keyOf(principals.user, 'aws:ViaAWSService', facts)).toBe('true');
    expect(keyOf(principals.user, 'aws:CalledVia', facts)).toBe('athena.amazonaws.com,s3.amazonaws.com');
    expect(keyOf(principals.user, 'aws:CalledViaFirst', facts)).toBe('athena.amazonaws.com');
    expect(keyOf(principals.user, 'aws:CalledViaLast', facts)).toBe('s3.amazonaws.com');
    expect(keyOf(principals.user, 'aws:CalledVia')).toBe('absent');
    expect(keyOf(principals.user, 'aws:CalledViaFirst')).toBe('absent');
    expect(keyOf(principals.user, 'aws:CalledViaLast')).toBe('absent');
    const three = { calledVia: ['a.amazonaws.com', 'b.amazonaws.com', 'c.amazonaws.com'] };
    expect(keyOf(principals.user, 'aws:CalledViaLast', three)).toBe('c.amazonaws.com');
  });

  test('the time is one instant in both forms', () => {
    const facts = { nowMillis: 1_767_225_600_999, isSecureTransport: true, requestedRegion: 'eu-west-1' };
    expect(keyOf(principals.user, 'aws:CurrentTime', facts)).toBe('2026-01-01T00:00:00.999Z');
    expect(keyOf(principals.user, 'aws:EpochTime', facts)).toBe('1767225600');
    expect(keyOf(principals.user, 'aws:SecureTransport', facts)).toBe('true');
    expect(keyOf(principals.user, 'aws:RequestedRegion', facts)).toBe('eu-west-1');
  });

  test.each<[string, Principal, ContextFacts, string]>([
    ['aws:TokenIssueTime', principals.role, {}, "it depends on how the session's credentials were issued"],
    ['aws:userid', { ...principals.user, uniqueId: null }, {}, 'the unique ID of the caller was not given'],
    [
      'aws:userid',
      { ...principals.role, roleUniqueId: null },
      {},
      'the unique ID of the caller was not given',
    ],
    [
      'aws:userid',
      { ...principals.role, isSessionNameUncertain: true },
      {},
      'what AWS calls the session is observed, not documented',
    ],
    ['aws:PrincipalType', principals.service, {}, 'AWS does not document it for service principals'],
    ['aws:userid', principals.service, {}, 'AWS does not document it for service principals'],
    [
      'aws:PrincipalOrgID',
      principals.user,
      {},
      "whether the caller's account is in an organization was not given",
    ],
    [
      'aws:PrincipalOrgPaths',
      principals.user,
      { principalOrganization: { id: 'o-1', path: null } },
      "the path of the caller's account was not given",
    ],
    [
      'aws:ResourceOrgPaths',
      principals.user,
      {},
      "whether the resource's account is in an organization was not given",
    ],
    ['aws:ResourceAccount', principals.user, {}, 'the account of the resource was not given'],
    ['aws:RequestedRegion', principals.user, {}, 'the Region was not given'],
    ['aws:SecureTransport', principals.user, {}, 'whether the request used TLS was not given'],
    ['aws:CurrentTime', principals.user, {}, 'the time of the request was not given'],
    ['aws:EpochTime', principals.user, {}, 'the time of the request was not given'],
  ])('%s tells why it is unknown', (key, principal, facts, why) => {
    expect(requestContext(derivedContext(principal, facts)).get(key)).toEqual({ state: 'unknown', why });
  });

  test('keys that AWS calls multivalued are, all others are not', () => {
    const facts: ContextFacts = {
      principalOrganization: { id: 'o-1', path: 'o-1/r-1/' },
      resourceAccount: account,
      resourceOrganization: { id: 'o-2', path: 'o-2/r-2/' },
      calledVia: ['athena.amazonaws.com'],
    };
    const multivalued = [principals.user, principals.service].map((principal) =>
      derivedContext(principal, facts)
        .filter(([, value]) => value.state === 'present' && value.multivalued)
        .map(([name]) => name),
    );
    expect(multivalued).toEqual([
      ['aws:PrincipalOrgPaths', 'aws:ResourceOrgPaths', 'aws:CalledVia'],
      ['aws:PrincipalServiceNamesList', 'aws:ResourceOrgPaths', 'aws:CalledVia'],
    ]);
  });

  test('no key is told twice', () => {
    for (const principal of Object.values(principals)) {
      const names = derivedContext(principal, {}).map(([name]) => name);
      expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    }
  });
});
