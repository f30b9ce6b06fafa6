import type {
  AssumeRoleResponse,
  GetCallerIdentityResponse,
  GetSessionTokenResponse,
} from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  account,
  callerOf,
  operationCalls,
  otherAccount,
  rootOf,
  testSealing,
  testWorld,
  type OperationCalls,
} from '../../../test/services/operation-calls.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { AwsError } from '../aws-error.ts';
import type { Caller, Denial } from '../operation.ts';
import type { RecordStore } from '../records.ts';
import { findSessionCredential } from './credentials.ts';
import { sessions, type AssumableRole, type StsPorts } from './ports.ts';
import { sts } from './sts.ts';

const role: AssumableRole = {
  arn: 'arn:aws:iam::111122223333:role/deep/config',
  name: 'config',
  id: 'AROAEXAMPLE',
  account,
  partition: 'aws',
  trustPolicy: '{}',
  maxSessionSeconds: 7200,
  isServiceLinked: false,
  tags: [{ Key: 'Team', Value: 'role' }],
};
const user = callerOf(
  { kind: 'user', arn: 'arn:aws:iam::111122223333:user/ann', account, partition: 'aws', uniqueId: 'AIDAANN' },
  account,
  'AIDAANN',
);
const plain = { RoleArn: role.arn, RoleSessionName: 'session' };

let records: RecordStore;
let ports: StsPorts;
let calls: OperationCalls;
let world: ReturnType<typeof testWorld>;
beforeEach(() => {
  records = openMemory();
  world = testWorld();
  ports = {
    records,
    sealing: testSealing,
    roles: {
      findRole: (arn) => Promise.resolve(arn === role.arn ? role : null),
      findManagedPolicy: (arn) =>
        Promise.resolve(arn.includes('known') ? { text: '{}', arn, label: 'managed' } : null),
      policyFault: (document) => (document === 'bad' ? 'Syntax errors in policy.' : null),
    },
  };
  calls = operationCalls(sts, ports, world);
});

const assume = (input: object = {}, caller: Caller = user): Promise<AssumeRoleResponse> =>
  calls.call('AssumeRole', { ...plain, ...input }, caller);
const refusal = async (asked: Promise<unknown>): Promise<[string, number, string]> => {
  const error: unknown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AwsError)) throw new Error('it was not refused', { cause: error });
  return [error.code, error.status, error.message];
};
const sessionOf = async (answer: AssumeRoleResponse | GetSessionTokenResponse) => {
  const credential = await findSessionCredential(ports, answer.Credentials?.AccessKeyId ?? '');
  if (credential === null) throw new Error('no such session');
  return credential;
};
const contextOf = (caller: Caller): Record<string, unknown> =>
  Object.fromEntries(
    caller.context.map(([name, value]) => [name, value.state === 'present' ? value.values[0] : null]),
  );

describe('an assumed role', () => {
  // spec: STS-CREDENTIALS-1, STS-IDENTITY-2
  test('gets credentials that are found again as its session', async () => {
    const answer = await assume();
    expect(answer.AssumedRoleUser).toEqual({
      AssumedRoleId: 'AROAEXAMPLE:session',
      Arn: 'arn:aws:sts::111122223333:assumed-role/config/session',
    });
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(answer.Credentials?.Expiration?.getTime()).toBe(world.nowMillis() + 3600_000);
    expect(answer).not.toHaveProperty('PackedPolicySize');
    const session = await sessionOf(answer);
    expect(session).toMatchObject({
      secretAccessKey: answer.Credentials?.SecretAccessKey,
      sessionToken: answer.Credentials?.SessionToken,
      expiresAtMillis: world.nowMillis() + 3600_000,
      caller: {
        principal: {
          kind: 'role-session',
          roleArn: role.arn,
          roleUniqueId: 'AROAEXAMPLE',
          isSessionNameUncertain: false,
        },
        account,
        userId: 'AROAEXAMPLE:session',
        sessionPolicies: null,
      },
    });
    const who = await calls.call<GetCallerIdentityResponse>('GetCallerIdentity', {}, session.caller);
    expect(who).toEqual({
      Account: account,
      Arn: 'arn:aws:sts::111122223333:assumed-role/config/session',
      UserId: 'AROAEXAMPLE:session',
    });
  });

  // spec: STS-CREDENTIALS-2
  test('leaves neither secret nor token in the store', async () => {
    const { Credentials } = await assume();
    const stored = JSON.stringify(await records.list(sessions));
    expect(stored).not.toContain(Credentials?.SecretAccessKey);
    expect(stored).not.toContain(Credentials?.SessionToken);
  });

  // spec: STS-CONTEXT-1
  test("carries when it was made, no MFA, and the role's tags under the session's", async () => {
    const { caller } = await sessionOf(
      await assume({ Tags: [{ Key: 'team', Value: 'session' }], SourceIdentity: 'ann' }),
    );
    expect(contextOf(caller)).toEqual({
      'aws:TokenIssueTime': '2026-11-25T12:00:00Z',
      'aws:MultiFactorAuthPresent': 'false',
      'aws:SourceIdentity': 'ann',
      'aws:PrincipalTag/team': 'session',
    });
  });

  // spec: STS-POLICY-1
  test('is narrowed by the policies of its request', async () => {
    const answer = await assume({
      Policy: '{"Version":"2012-10-17"}',
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/known' }],
    });
    expect(answer.SessionTokenUtilization).toBe(3);
    expect((await sessionOf(answer)).caller.sessionPolicies?.map((policy) => policy.label)).toEqual([
      'the session policy',
      'managed',
    ]);
    expect(await refusal(assume({ Policy: 'bad' }))).toEqual([
      'MalformedPolicyDocument',
      400,
      'Syntax errors in policy.',
    ]);
    expect((await refusal(assume({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/other' }] })))[0]).toBe(
      'ValidationError',
    );
  });

  // spec: STS-POLICY-2
  test('may have session policies of 2,048 characters together, and not one more', async () => {
    const arn = 'arn:aws:iam::aws:policy/known';
    const sized = (characters: number) => ({
      Policy: ' '.repeat(characters - arn.length),
      PolicyArns: [{ arn }],
    });
    expect((await assume(sized(2048))).SessionTokenUtilization).toBe(100);
    expect((await refusal(assume(sized(2049))))[0]).toBe('PackedPolicyTooLarge');
  });

  // spec: STS-ASSUME-5
  test('lasts as long as the role allows, and one hour in a chain', async () => {
    expect((await assume({ DurationSeconds: 7200 })).Credentials?.Expiration?.getTime()).toBe(
      world.nowMillis() + 7200_000,
    );
    expect((await refusal(assume({ DurationSeconds: 7201 })))[2]).toBe(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    const { caller } = await sessionOf(await assume());
    await assume({ DurationSeconds: 3600 }, caller);
    expect((await refusal(assume({ DurationSeconds: 3601 }, caller)))[2]).toBe(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  });

  // spec: STS-ASSUME-6
  test('hands its transitive tags and source identity on, unchanged', async () => {
    const tags = {
      Tags: [
        { Key: 'Project', Value: 'x' },
        { Key: 'Other', Value: 'y' },
      ],
      TransitiveTagKeys: ['project'],
    };
    const first = await sessionOf(await assume({ ...tags, SourceIdentity: 'ann' }));
    const second = await sessionOf(await assume({}, first.caller));
    expect(calls.lastAsked().map((permission) => permission.action)).toEqual([
      'sts:AssumeRole',
      'sts:TagSession',
      'sts:SetSourceIdentity',
    ]);
    expect(contextOf(second.caller)).toMatchObject({
      'aws:PrincipalTag/Project': 'x',
      'aws:SourceIdentity': 'ann',
    });
    expect(contextOf(second.caller)).not.toHaveProperty(['aws:PrincipalTag/Other']);
    expect((await refusal(assume({ Tags: [{ Key: 'PROJECT', Value: 'z' }] }, first.caller)))[0]).toBe(
      'InvalidParameterValue',
    );
    expect((await refusal(assume({ SourceIdentity: 'bob' }, first.caller)))[0]).toBe('ValidationError');
  });
});

describe('what AssumeRole asks of the policy engine', () => {
  // spec: STS-ASSUME-2
  test("is the role's trust policy, as its resource policy", async () => {
    await assume();
    expect(calls.lastAsked()).toMatchObject([
      {
        action: 'sts:AssumeRole',
        resource: role.arn,
        resourceAccount: account,
        resourcePolicy: { text: '{}', arn: role.arn },
      },
    ]);
  });

  // spec: STS-ASSUME-2
  test('of a role that does not exist is one without a trust policy, and nothing gets past that', async () => {
    const missing = { RoleArn: 'arn:aws:iam::444455556666:role/missing' };
    await expect(assume(missing)).rejects.toThrow('INVARIANT');
    expect(calls.lastAsked()).toMatchObject([{ resourceAccount: otherAccount, resourcePolicy: null }]);
  });

  // spec: STS-ASSUME-3
  test('has a permission for tags and one for a source identity', async () => {
    await assume({ Tags: [{ Key: 'a', Value: 'b' }] });
    expect(calls.lastAsked().map(({ action }) => action)).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    await assume({ SourceIdentity: 'ann' });
    expect(calls.lastAsked().map(({ action }) => action)).toEqual([
      'sts:AssumeRole',
      'sts:SetSourceIdentity',
    ]);
  });

  // spec: STS-ASSUME-4
  test('carries the keys that trust policies compare', async () => {
    await assume({
      ExternalId: 'secret-42',
      SourceIdentity: 'ann',
      Tags: [{ Key: 'a', Value: 'b' }],
      TransitiveTagKeys: ['a'],
    });
    const keys = Object.fromEntries(
      (calls.lastAsked()[0]?.context ?? []).map(([name, value]) => [
        name,
        value.state === 'present' ? value.values : null,
      ]),
    );
    expect(keys).toEqual({
      'sts:RoleSessionName': ['session'],
      'sts:ExternalId': ['secret-42'],
      'sts:SourceIdentity': ['ann'],
      'sts:TransitiveTagKeys': ['a'],
      'aws:TagKeys': ['a'],
      'aws:RequestTag/a': ['b'],
      'aws:ResourceTag/Team': ['role'],
      'iam:ResourceTag/Team': ['role'],
    });
  });

  // spec: STS-DENY-1
  test('is told without a reason when it is refused', () => {
    const permission = { action: 'sts:AssumeRole', resource: role.arn, resourceAccount: account };
    const denial = {
      callerName: 'arn:aws:iam::111122223333:user/ann',
      permission,
      because: 'because',
    } as Denial;
    expect(sts.denied(denial)).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::111122223333:user/ann is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`,
    });
  });
});

describe('AssumeRole refuses', () => {
  // spec: STS-ASSUME-1
  test('a session name with a colon, in the recorded words', async () => {
    expect(await refusal(assume({ RoleSessionName: 'Session1:2' }))).toEqual([
      'ValidationError',
      400,
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ]);
  });

  // spec: STS-ASSUME-1
  test.each([
    ['a name that is too short', { RoleSessionName: 'a' }, 'ValidationError'],
    ['a duration under fifteen minutes', { DurationSeconds: 899 }, 'ValidationError'],
    ['a duration over twelve hours', { DurationSeconds: 43_201 }, 'ValidationError'],
    ["an ARN that is no role's", { RoleArn: 'arn:aws:iam::111122223333:user/ann' }, 'ValidationError'],
    [
      'tag keys that differ in case only',
      {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'A', Value: '' },
        ],
      },
      'InvalidParameterValue',
    ],
    ['a transitive key without its tag', { TransitiveTagKeys: ['a'] }, 'InvalidParameterValue'],
  ])('%s', async (_what, input, code) => {
    expect((await refusal(assume(input)))[0]).toBe(code);
    expect(await records.list(sessions)).toEqual([]);
  });

  // spec: STS-ASSUME-7
  test('the root user', async () => {
    expect(await refusal(assume({}, rootOf(account)))).toEqual([
      'AccessDenied',
      403,
      'Roles may not be assumed by root accounts.',
    ]);
  });
});

describe('who the caller is', () => {
  // spec: STS-IDENTITY-1
  test('is answered without asking for a permission', async () => {
    expect(await calls.call('GetCallerIdentity', {}, user)).toEqual({
      Account: account,
      Arn: 'arn:aws:iam::111122223333:user/ann',
      UserId: 'AIDAANN',
    });
    expect(await calls.call('GetCallerIdentity', {}, rootOf(account))).toEqual({
      Account: account,
      Arn: 'arn:aws:iam::111122223333:root',
      UserId: account,
    });
    expect(sts.operations['GetCallerIdentity']?.authorization).toHaveProperty('none');
  });
});

describe('a session token', () => {
  // spec: STS-TOKEN-1
  test('stands for its user for twelve hours, for the root user one hour at most', async () => {
    const ofUser = await sessionOf(await calls.call<GetSessionTokenResponse>('GetSessionToken', {}, user));
    expect(ofUser.caller.principal).toEqual(user.principal);
    expect(ofUser.expiresAtMillis).toBe(world.nowMillis() + 43_200_000);
    const ofRoot = await calls.call<GetSessionTokenResponse>(
      'GetSessionToken',
      { DurationSeconds: 7200 },
      rootOf(account),
    );
    expect((await sessionOf(ofRoot)).expiresAtMillis).toBe(world.nowMillis() + 3600_000);
    expect(await refusal(calls.call('GetSessionToken', {}, ofUser.caller))).toEqual([
      'AccessDenied',
      403,
      'Cannot call GetSessionToken with session credentials',
    ]);
  });
});

// spec: STS-CREDENTIALS-3
test('a session is remembered for a day after it expired, and not for ever', async () => {
  const answer = await assume();
  world.moveSeconds(3600 + 24 * 3600);
  for (let count = 0; count < 50; count++) await assume();
  expect((await sessionOf(answer)).expiresAtMillis).toBeLessThan(world.nowMillis());
  world.moveSeconds(3600 + 24 * 3600 + 1);
  for (let count = 0; count < 500; count++) await assume();
  const stored = await records.list(sessions, { limit: Infinity });
  const old = stored.filter(({ value }) => value.expiresAtMillis < world.nowMillis());
  expect(stored.length - old.length).toBe(500);
  expect(old.length).toBeLessThan(25);
});
