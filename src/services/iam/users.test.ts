import type {
  CreateAccessKeyResponse,
  CreatePolicyVersionResponse,
  CreateUserResponse,
  GetGroupResponse,
  GetPolicyResponse,
  GetPolicyVersionResponse,
  GetUserResponse,
  ListAccessKeysResponse,
  ListEntitiesForPolicyResponse,
  ListGroupsForUserResponse,
  ListPoliciesResponse,
  ListPolicyVersionsResponse,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  account,
  callerOf,
  noOtherMentions,
  operationCalls,
  otherAccount,
  testSealing,
  testWorld,
  type OperationCalls,
} from '../../../test/services/operation-calls.ts';
import type { Principal } from '../../policy/principal.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { AwsError } from '../aws-error.ts';
import type { RecordStore } from '../records.ts';
import { findAccessKeyCredential } from './credentials.ts';
import { iam } from './iam.ts';
import { identityPoliciesOf } from './policies-of.ts';
import { accessKeys, type IamPorts } from './ports.ts';
import { layOutIdentities, layOutRole, roleEntries, userEntries } from './setup-form.ts';

const documentOf = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

let records: RecordStore;
let ports: IamPorts;
let calls: OperationCalls;
const world = testWorld();
beforeEach(() => {
  records = openMemory();
  ports = { records, sealing: testSealing, principalMentions: noOtherMentions };
  calls = operationCalls(iam, ports, world);
});

const call = <Output>(name: string, input: object): Promise<Output> => calls.call<Output>(name, input);
const refusal = async (asked: Promise<unknown>): Promise<[string, number, string]> => {
  const error: unknown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AwsError)) throw new Error('it was not refused', { cause: error });
  return [error.code, error.status, error.message];
};
const newUser = async (UserName = 'ann'): Promise<Extract<Principal, { kind: 'user' }>> => {
  const { User } = await call<CreateUserResponse>('CreateUser', { UserName });
  return { kind: 'user', arn: User?.Arn ?? '', account, partition: 'aws', uniqueId: User?.UserId ?? null };
};

describe('a user', () => {
  // spec: IAMAPI-USER-1
  test('is found by name, or as the caller', async () => {
    const ann = await newUser();
    expect(ann.uniqueId).toMatch(/^AIDA/);
    const named = await call<GetUserResponse>('GetUser', { UserName: 'ann' });
    const own = await calls.call<GetUserResponse>('GetUser', {}, callerOf(ann, account));
    expect(own).toEqual(named);
    expect((await refusal(call('GetUser', {})))[2]).toBe(
      'Must specify userName when calling with non-User credentials',
    );
  });

  // spec: IAMAPI-DELETE-1
  test('with access keys or in a group cannot be deleted', async () => {
    await newUser();
    const { AccessKey } = await call<CreateAccessKeyResponse>('CreateAccessKey', { UserName: 'ann' });
    expect((await refusal(call('DeleteUser', { UserName: 'ann' })))[2]).toBe(
      'Cannot delete entity, must delete access keys first.',
    );
    await call('DeleteAccessKey', { UserName: 'ann', AccessKeyId: AccessKey?.AccessKeyId });
    await call('CreateGroup', { GroupName: 'admins' });
    await call('AddUserToGroup', { GroupName: 'admins', UserName: 'ann' });
    expect((await refusal(call('DeleteUser', { UserName: 'ann' })))[0]).toBe('DeleteConflict');
    expect((await refusal(call('DeleteGroup', { GroupName: 'admins' })))[0]).toBe('DeleteConflict');
    await call('RemoveUserFromGroup', { GroupName: 'admins', UserName: 'ann' });
    await call('DeleteUser', { UserName: 'ann' });
    await call('DeleteGroup', { GroupName: 'admins' });
  });

  // spec: IAMAPI-POLICIES-1
  test("has its own policies, its groups', and its boundary", async () => {
    const ann = await newUser();
    await call('CreatePolicy', { PolicyName: 'managed', PolicyDocument: documentOf('s3:GetObject') });
    const arn = 'arn:aws:iam::111122223333:policy/managed';
    await call('PutUserPolicy', {
      UserName: 'ann',
      PolicyName: 'inline',
      PolicyDocument: documentOf('s3:PutObject'),
    });
    await call('AttachUserPolicy', { UserName: 'ann', PolicyArn: arn });
    await call('PutUserPermissionsBoundary', { UserName: 'ann', PermissionsBoundary: arn });
    await call('CreateGroup', { GroupName: 'admins' });
    await call('AddUserToGroup', { GroupName: 'admins', UserName: 'ann' });
    await call('AttachGroupPolicy', {
      GroupName: 'admins',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
    await call('PutGroupPolicy', {
      GroupName: 'admins',
      PolicyName: 'g',
      PolicyDocument: documentOf('kms:Decrypt'),
    });
    await call('CreatePolicyVersion', {
      PolicyArn: arn,
      PolicyDocument: documentOf('s3:ListBucket'),
      SetAsDefault: true,
    });
    const { identity, boundary } = await identityPoliciesOf(records, ann);
    expect(identity.map((policy) => policy.kind === 'stored' && policy.policy.label)).toEqual([
      'the inline policy "inline" of the user ann',
      'the managed policy "managed" of the user ann',
      'the inline policy "g" of the group admins',
      'the managed policy "AdministratorAccess" of the group admins',
    ]);
    expect(identity[1]).toMatchObject({ policy: { text: documentOf('s3:ListBucket'), arn } });
    expect(boundary).toMatchObject({ kind: 'stored', policy: { arn } });
    expect(
      (await call<ListGroupsForUserResponse>('ListGroupsForUser', { UserName: 'ann' })).Groups,
    ).toHaveLength(1);
    expect((await call<GetGroupResponse>('GetGroup', { GroupName: 'admins' })).Users).toMatchObject([
      { UserName: 'ann' },
    ]);
  });

  // spec: IAMAPI-POLICIES-2
  test('that was made anew is not the old one', async () => {
    const old = await newUser();
    await call('DeleteUser', { UserName: 'ann' });
    const fresh = await newUser();
    await call('PutUserPolicy', { UserName: 'ann', PolicyName: 'p', PolicyDocument: documentOf('*') });
    expect((await identityPoliciesOf(records, old)).identity).toEqual([]);
    expect((await identityPoliciesOf(records, fresh)).identity).toHaveLength(1);
  });

  test.each<Principal>([
    { kind: 'account-root', account, partition: 'aws' },
    { kind: 'service', name: 'config.amazonaws.com' },
    { kind: 'anonymous' },
  ])('$kind has no identity policies by nature', async (principal) => {
    expect(await identityPoliciesOf(records, principal)).toEqual({ identity: [], boundary: null });
  });
});

describe('an access key', () => {
  // spec: IAMAPI-SECRET-1
  test('shows its secret once, and its record does not hold it', async () => {
    const ann = await newUser();
    const { AccessKey } = await call<CreateAccessKeyResponse>('CreateAccessKey', { UserName: 'ann' });
    expect(AccessKey?.AccessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    const secret = AccessKey?.SecretAccessKey ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(JSON.stringify(await records.list(accessKeys))).not.toContain(secret);
    expect(JSON.stringify(await call('ListAccessKeys', { UserName: 'ann' }))).not.toContain(secret);
    const credential = await findAccessKeyCredential(ports, AccessKey?.AccessKeyId ?? '');
    expect(credential).toMatchObject({
      secretAccessKey: secret,
      sessionToken: null,
      caller: { principal: ann, userId: ann.uniqueId, accessKeyId: AccessKey?.AccessKeyId },
    });
  });

  // spec: IAMAPI-KEY-1
  test('opens nothing while it is inactive, and nothing once its user was made anew', async () => {
    await newUser();
    const { AccessKey } = await call<CreateAccessKeyResponse>('CreateAccessKey', { UserName: 'ann' });
    const id = AccessKey?.AccessKeyId ?? '';
    await call('UpdateAccessKey', { UserName: 'ann', AccessKeyId: id, Status: 'Inactive' });
    expect(await findAccessKeyCredential(ports, id)).toBeNull();
    await call('UpdateAccessKey', { UserName: 'ann', AccessKeyId: id, Status: 'Active' });
    expect(await findAccessKeyCredential(ports, id)).not.toBeNull();
    expect(await findAccessKeyCredential(ports, 'AKIAIOSFODNN7EXAMPLE')).toBeNull();
  });

  // spec: IAMAPI-QUOTA-1
  test('is one of two at most, also when they are made at once', async () => {
    await newUser();
    const made = await Promise.allSettled(
      [1, 2, 3, 4].map(() => call('CreateAccessKey', { UserName: 'ann' })),
    );
    expect(made.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(2);
    expect((await refusal(call('CreateAccessKey', { UserName: 'ann' })))[2]).toBe(
      'Cannot exceed quota for AccessKeysPerUser: 2',
    );
    expect(
      (await call<ListAccessKeysResponse>('ListAccessKeys', { UserName: 'ann' })).AccessKeyMetadata,
    ).toHaveLength(2);
  });

  test("of another user is not found by this user's name", async () => {
    await newUser();
    await newUser('bob');
    const { AccessKey } = await call<CreateAccessKeyResponse>('CreateAccessKey', { UserName: 'bob' });
    expect(
      (await refusal(call('DeleteAccessKey', { UserName: 'ann', AccessKeyId: AccessKey?.AccessKeyId })))[0],
    ).toBe('NoSuchEntity');
  });
});

describe('a managed policy', () => {
  const arn = 'arn:aws:iam::111122223333:policy/p';
  beforeEach(() => call('CreatePolicy', { PolicyName: 'p', PolicyDocument: documentOf('s3:GetObject') }));

  test('cannot be made twice, in any case', async () => {
    expect(await refusal(call('CreatePolicy', { PolicyName: 'P', PolicyDocument: documentOf('*') }))).toEqual(
      ['EntityAlreadyExists', 409, 'A policy called P already exists. Duplicate names are not allowed.'],
    );
  });

  // spec: IAMAPI-DOC-3
  test('of the old language is refused', async () => {
    const old = documentOf('*').replace('2012', '2008');
    expect(await refusal(call('CreatePolicy', { PolicyName: 'q', PolicyDocument: old }))).toEqual([
      'MalformedPolicyDocument',
      400,
      'Policy document must be version 2012-10-17 or greater.',
    ]);
  });

  // spec: IAMAPI-QUOTA-1
  test('may have 6,144 characters, and not one more', async () => {
    const sized = (characters: number): string => {
      const empty = documentOf('s3:');
      return documentOf(`s3:${'x'.repeat(characters - empty.length)}`);
    };
    await call('CreatePolicy', { PolicyName: 'q', PolicyDocument: sized(6144) });
    expect((await refusal(call('CreatePolicy', { PolicyName: 'r', PolicyDocument: sized(6145) })))[2]).toBe(
      'Cannot exceed quota for PolicySize: 6144',
    );
  });

  test('has versions, of which one is in force; numbers are never used again', async () => {
    const add = (SetAsDefault: boolean) =>
      call<CreatePolicyVersionResponse>('CreatePolicyVersion', {
        PolicyArn: arn,
        PolicyDocument: documentOf('*'),
        SetAsDefault,
      });
    expect((await add(false)).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: false });
    expect((await add(true)).PolicyVersion).toMatchObject({ VersionId: 'v3', IsDefaultVersion: true });
    expect((await refusal(call('DeletePolicyVersion', { PolicyArn: arn, VersionId: 'v3' })))[2]).toBe(
      'Cannot delete the default version of a policy.',
    );
    await call('SetDefaultPolicyVersion', { PolicyArn: arn, VersionId: 'v1' });
    await call('DeletePolicyVersion', { PolicyArn: arn, VersionId: 'v3' });
    expect((await add(false)).PolicyVersion?.VersionId).toBe('v4');
    const listed = await call<ListPolicyVersionsResponse>('ListPolicyVersions', { PolicyArn: arn });
    expect(listed.Versions?.map((version) => version.VersionId)).toEqual(['v4', 'v2', 'v1']);
    await add(false);
    await add(false);
    expect((await refusal(add(false)))[0]).toBe('LimitExceeded');
    const read = await call<GetPolicyVersionResponse>('GetPolicyVersion', {
      PolicyArn: arn,
      VersionId: 'v1',
    });
    expect(decodeURIComponent(read.PolicyVersion?.Document ?? '')).toBe(documentOf('s3:GetObject'));
    expect((await refusal(call('DeletePolicy', { PolicyArn: arn })))[0]).toBe('DeleteConflict');
  });

  test('counts who carries it, and says who', async () => {
    await newUser();
    await call('AttachUserPolicy', { UserName: 'ann', PolicyArn: arn });
    expect((await call<GetPolicyResponse>('GetPolicy', { PolicyArn: arn })).Policy?.AttachmentCount).toBe(1);
    expect(
      (await call<ListEntitiesForPolicyResponse>('ListEntitiesForPolicy', { PolicyArn: arn })).PolicyUsers,
    ).toMatchObject([{ UserName: 'ann' }]);
  });

  test("of AWS is listed and read like a customer's", async () => {
    const aws = 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole';
    const { Policy } = await call<GetPolicyResponse>('GetPolicy', { PolicyArn: aws });
    expect(Policy).toMatchObject({ PolicyName: 'AWS_ConfigRole', Path: '/service-role/' });
    const version = { PolicyArn: aws, VersionId: Policy?.DefaultVersionId };
    const read = await call<GetPolicyVersionResponse>('GetPolicyVersion', version);
    expect(JSON.parse(decodeURIComponent(read.PolicyVersion?.Document ?? ''))).toHaveProperty('Statement');
    const local = await call<ListPoliciesResponse>('ListPolicies', { Scope: 'Local' });
    expect(local.Policies?.map((policy) => policy.PolicyName)).toEqual(['p']);
    const all: string[] = [];
    for (let Marker: string | undefined; ;) {
      const page = await call<ListPoliciesResponse>('ListPolicies', { MaxItems: 3, Marker });
      all.push(...(page.Policies ?? []).map((policy) => policy.Arn ?? ''));
      if (page.Marker === undefined) break;
      ({ Marker } = page);
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain(aws);
  });

  test('of another account is not found', async () => {
    const stranger = callerOf(
      { kind: 'account-root', account: otherAccount, partition: 'aws' },
      otherAccount,
    );
    expect(await refusal(calls.call('GetPolicy', { PolicyArn: arn }, stranger))).toEqual([
      'NoSuchEntity',
      404,
      `Policy ${arn} was not found.`,
    ]);
  });
});

// spec: IAMAPI-SETUP-1
test('a setup is laid out as it is written, and shown again as it was given', async () => {
  const trustPolicy = { Statement: { Effect: 'Allow', Principal: { AWS: 'account-id1' }, Action: '*' } };
  const role = {
    arn: 'arn:aws:iam::111122223333:role/deep/config',
    trustPolicy,
    policies: [{ name: 'delivery', document: { Statement: [] } }],
    managedPolicies: [
      { arn: 'arn:aws:iam::aws:policy/unheard-of' },
      { arn: 'arn:aws:iam::111122223333:policy/own', document: { Version: '2012-10-17', Statement: [] } },
    ],
    permissionsBoundary: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
    },
  };
  const user = {
    arn: 'arn:aws:iam::111122223333:user/ann',
    policies: [],
    managedPolicies: [],
    permissionsBoundary: null,
  };
  await records.commit(layOutIdentities({ roles: [role], users: [user] }, world));
  expect(await roleEntries(records)).toEqual([role]);
  expect(await userEntries(records)).toEqual([user]);
  const principal: Principal = {
    kind: 'role-session',
    account,
    partition: 'aws',
    roleArn: role.arn,
    sessionArn: '',
    sessionName: 's',
    isSessionNameUncertain: false,
    roleUniqueId: null,
    isServiceLinked: false,
  };
  const { identity, boundary } = await identityPoliciesOf(records, principal);
  expect(identity.map((policy) => policy.kind)).toEqual(['stored', 'unknown', 'stored']);
  expect(boundary?.kind).toBe('stored');
  expect(() => layOutRole({ arn: 'arn:aws:iam::1:role/x' }, world)).toThrow(RangeError);
});

test('a managed policy that two roles of a setup carry is stored once, and two contents of it are refused', async () => {
  const shared = 'arn:aws:iam::aws:policy/unheard-of';
  const roleWith = (name: string, document: object) => ({
    arn: `arn:aws:iam::111122223333:role/${name}`,
    trustPolicy: { Statement: [] },
    policies: [],
    managedPolicies: [{ arn: shared, document }],
    permissionsBoundary: null,
  });
  const both = [roleWith('a', { Statement: [] }), roleWith('b', { Statement: [] })];
  await records.commit(layOutIdentities({ roles: both, users: [] }, world));
  expect(await roleEntries(records)).toEqual(both);
  const different = [
    roleWith('a', { Statement: [] }),
    roleWith('b', { Version: '2012-10-17', Statement: [] }),
  ];
  expect(() => layOutIdentities({ roles: different, users: [] }, world)).toThrow('with different contents');
});
