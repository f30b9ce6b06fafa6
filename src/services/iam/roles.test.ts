import type {
  CreateRoleResponse,
  CreateServiceLinkedRoleResponse,
  GetRolePolicyResponse,
  GetRoleResponse,
  ListAttachedRolePoliciesResponse,
  ListRolePoliciesResponse,
  ListRolesResponse,
  ListRoleTagsResponse,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  account,
  noOtherMentions,
  operationCalls,
  otherAccount,
  rootOf,
  testSealing,
  testWorld,
  type OperationCalls,
} from '../../../test/services/operation-calls.ts';
import { openMemory } from '../../stores/memory/memory-records.ts';
import { AwsError } from '../aws-error.ts';
import type { Denial } from '../operation.ts';
import type { RecordStore } from '../records.ts';
import { roles } from './ports.ts';
import { iam } from './iam.ts';
import { iamInventory } from './inventory.ts';
import { identityPoliciesOf } from './policies-of.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*' }],
});

let records: RecordStore;
let calls: OperationCalls;
beforeEach(() => {
  records = openMemory();
  calls = operationCalls(
    iam,
    { records, sealing: testSealing, principalMentions: noOtherMentions },
    testWorld(),
  );
});

const call = <Output>(name: string, input: object): Promise<Output> => calls.call<Output>(name, input);
const newRole = (input: object = {}): Promise<CreateRoleResponse> =>
  call('CreateRole', { RoleName: 'config', AssumeRolePolicyDocument: trust, ...input });
const refusal = async (asked: Promise<unknown>): Promise<[string, number, string]> => {
  const error: unknown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AwsError)) throw new Error('it was not refused', { cause: error });
  return [error.code, error.status, error.message];
};

describe('a role', () => {
  // spec: IAMAPI-WIRE-1, IAMAPI-ID-1
  test('is answered as AWS describes it, its trust policy percent-encoded', async () => {
    const { Role } = await newRole({ Path: '/service/', Description: 'd', Tags: [{ Key: 'a', Value: '1' }] });
    expect(Role).toMatchObject({
      Path: '/service/',
      RoleName: 'config',
      Arn: 'arn:aws:iam::111122223333:role/service/config',
      MaxSessionDuration: 3600,
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/);
    const read = await call<GetRoleResponse>('GetRole', { RoleName: 'config' });
    expect(read.Role).toEqual({ ...Role, RoleLastUsed: {} });
  });

  // spec: IAMAPI-NAME-1
  test('cannot be made twice, nor with a name that differs in case only, but in another account it can', async () => {
    await newRole();
    expect(await refusal(newRole({ RoleName: 'CONFIG' }))).toEqual([
      'EntityAlreadyExists',
      409,
      'Role with name CONFIG already exists.',
    ]);
    expect(await refusal(call('GetRole', { RoleName: 'CONFIG' }))).toEqual([
      'NoSuchEntity',
      404,
      'The role with name CONFIG cannot be found.',
    ]);
    await calls.call(
      'CreateRole',
      { RoleName: 'config', AssumeRolePolicyDocument: trust },
      rootOf(otherAccount),
    );
  });

  test('with a name or duration outside its limits is refused in the words of the model', async () => {
    expect(await refusal(newRole({ RoleName: 'a b' }))).toEqual([
      'ValidationError',
      400,
      "1 validation error detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ]);
    expect((await refusal(newRole({ RoleName: 'x'.repeat(65) })))[2]).toContain('less than or equal to 64');
    await newRole({ RoleName: 'x'.repeat(64), MaxSessionDuration: 43_200 });
    expect((await refusal(newRole({ MaxSessionDuration: 43_201 })))[2]).toContain("at 'maxSessionDuration'");
    expect((await refusal(newRole({ Path: 'no/slash' })))[2]).toContain("at 'path'");
  });

  // spec: IAMAPI-TRUST-2
  test('with a trust policy that IAM would not store is refused', async () => {
    expect(await refusal(newRole({ AssumeRolePolicyDocument: '{' }))).toEqual([
      'MalformedPolicyDocument',
      400,
      'This policy contains invalid Json',
    ]);
    expect((await refusal(call('GetRole', { RoleName: 'config' })))[0]).toBe('NoSuchEntity');
  });

  // spec: IAMAPI-TRUST-3
  test('may trust a role that exists, in any account, and no other', async () => {
    const trusting = (arn: string): string =>
      JSON.stringify({ Statement: { Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' } });
    const arn = 'arn:aws:iam::111122223333:role/config';
    expect((await refusal(newRole({ AssumeRolePolicyDocument: trusting(arn) })))[2]).toBe(
      `Invalid principal in policy: "AWS":"${arn}"`,
    );
    await newRole();
    await newRole({ RoleName: 'second', AssumeRolePolicyDocument: trusting(arn) });
    await newRole({
      RoleName: 'third',
      AssumeRolePolicyDocument: trusting('arn:aws:sts::111122223333:assumed-role/config/s'),
    });
    expect(
      (
        await refusal(
          newRole({
            RoleName: 'fourth',
            AssumeRolePolicyDocument: trusting('arn:aws:iam::111122223333:role/Config'),
          }),
        )
      )[0],
    ).toBe('MalformedPolicyDocument');
  });

  test('is listed by path, in the order of names, page by page', async () => {
    for (const name of ['b', 'a', 'c']) await newRole({ RoleName: name });
    await newRole({ RoleName: 'deep', Path: '/deep/' });
    // spec: IAMAPI-PAGE-1
    const first = await call<ListRolesResponse>('ListRoles', { MaxItems: 2 });
    expect([first.Roles?.map((role) => role.RoleName), first.IsTruncated]).toEqual([['a', 'b'], true]);
    await call('DeleteRole', { RoleName: 'b' });
    const second = await call<ListRolesResponse>('ListRoles', { MaxItems: 2, Marker: first.Marker });
    expect([second.Roles?.map((role) => role.RoleName), second.IsTruncated]).toEqual([['c', 'deep'], false]);
    const deep = await call<ListRolesResponse>('ListRoles', { PathPrefix: '/deep/' });
    expect(deep.Roles?.map((role) => role.RoleName)).toEqual(['deep']);
    expect((await refusal(call('ListRoles', { Marker: 'made up' })))[0]).toBe('ValidationError');
  });

  test('is changed by UpdateRole and UpdateAssumeRolePolicy', async () => {
    await newRole();
    await call('UpdateRole', { RoleName: 'config', Description: 'new', MaxSessionDuration: 7200 });
    const other = trust.replace('config', 'ec2');
    await call('UpdateAssumeRolePolicy', { RoleName: 'config', PolicyDocument: other });
    const { Role } = await call<GetRoleResponse>('GetRole', { RoleName: 'config' });
    expect(Role).toMatchObject({ Description: 'new', MaxSessionDuration: 7200 });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(other);
    await call('UpdateRoleDescription', { RoleName: 'config', Description: 'newer' });
    expect((await call<GetRoleResponse>('GetRole', { RoleName: 'config' })).Role?.Description).toBe('newer');
  });

  // spec: IAMAPI-TAG-1
  test('has tags whose keys are told apart without regard to case', async () => {
    await newRole({ Tags: [{ Key: 'Team', Value: '1' }] });
    await call('TagRole', {
      RoleName: 'config',
      Tags: [
        { Key: 'team', Value: '2' },
        { Key: 'b', Value: '' },
      ],
    });
    const tags = async () => (await call<ListRoleTagsResponse>('ListRoleTags', { RoleName: 'config' })).Tags;
    expect(await tags()).toEqual([
      { Key: 'b', Value: '' },
      { Key: 'team', Value: '2' },
    ]);
    await call('UntagRole', { RoleName: 'config', TagKeys: ['TEAM'] });
    expect(await tags()).toEqual([{ Key: 'b', Value: '' }]);
    const twice = {
      RoleName: 'config',
      Tags: [
        { Key: 'x', Value: '' },
        { Key: 'X', Value: '' },
      ],
    };
    expect((await refusal(call('TagRole', twice)))[0]).toBe('InvalidInput');
  });

  // spec: IAMAPI-DELETE-1
  test('with policies cannot be deleted', async () => {
    await newRole();
    await call('PutRolePolicy', { RoleName: 'config', PolicyName: 'p', PolicyDocument: document });
    await call('AttachRolePolicy', {
      RoleName: 'config',
      PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    });
    expect(await refusal(call('DeleteRole', { RoleName: 'config' }))).toEqual([
      'DeleteConflict',
      409,
      'Cannot delete entity, must detach all policies first.',
    ]);
    await call('DetachRolePolicy', {
      RoleName: 'config',
      PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    });
    expect((await refusal(call('DeleteRole', { RoleName: 'config' })))[2]).toBe(
      'Cannot delete entity, must delete policies first.',
    );
    await call('DeleteRolePolicy', { RoleName: 'config', PolicyName: 'p' });
    await call('DeleteRole', { RoleName: 'config' });
    expect(await records.list(roles)).toEqual([]);
  });
});

describe('inline policies of a role', () => {
  test('are put, read, listed and deleted', async () => {
    await newRole();
    await call('PutRolePolicy', { RoleName: 'config', PolicyName: 'b', PolicyDocument: document });
    await call('PutRolePolicy', { RoleName: 'config', PolicyName: 'a', PolicyDocument: document });
    expect(await call<ListRolePoliciesResponse>('ListRolePolicies', { RoleName: 'config' })).toEqual({
      PolicyNames: ['a', 'b'],
      IsTruncated: false,
    });
    const read = await call<GetRolePolicyResponse>('GetRolePolicy', { RoleName: 'config', PolicyName: 'a' });
    expect([read.RoleName, decodeURIComponent(read.PolicyDocument ?? '')]).toEqual(['config', document]);
    await call('DeleteRolePolicy', { RoleName: 'config', PolicyName: 'a' });
    expect(await refusal(call('GetRolePolicy', { RoleName: 'config', PolicyName: 'a' }))).toEqual([
      'NoSuchEntity',
      404,
      'The role policy with name a cannot be found.',
    ]);
    expect((await refusal(call('DeleteRolePolicy', { RoleName: 'config', PolicyName: 'a' })))[0]).toBe(
      'NoSuchEntity',
    );
  });

  // spec: IAMAPI-QUOTA-1
  test('may have 10,240 characters together, white space not counted, and not one more', async () => {
    await newRole();
    const sized = (characters: number): string => {
      const empty = document.replace('logs/*', '');
      return empty.replace('arn:aws:s3:::', `arn:aws:s3:::${'x'.repeat(characters - empty.length)}`);
    };
    const half = { RoleName: 'config', PolicyName: 'a', PolicyDocument: sized(5_120) };
    await call('PutRolePolicy', half);
    await call('PutRolePolicy', {
      ...half,
      PolicyName: 'b',
      PolicyDocument: sized(5_120).replaceAll(',', ' ,\n\t '),
    });
    await call('PutRolePolicy', half);
    expect(await refusal(call('PutRolePolicy', { ...half, PolicyDocument: sized(5_121) }))).toEqual([
      'LimitExceeded',
      409,
      'Maximum policy size of 10240 bytes exceeded for role config',
    ]);
  });
});

describe('managed policies of a role', () => {
  // spec: IAMAPI-ATTACH-1
  test('must exist, in its account or at AWS', async () => {
    await newRole();
    const attach = (arn: string) => call('AttachRolePolicy', { RoleName: 'config', PolicyArn: arn });
    expect(await refusal(attach('no arn'))).toEqual([
      'ValidationError',
      400,
      'Invalid ARN:  Could not be parsed!',
    ]);
    const missing = 'arn:aws:iam::111122223333:policy/missing';
    expect(await refusal(attach(missing))).toEqual([
      'NoSuchEntity',
      404,
      `Policy ${missing} does not exist or is not attachable.`,
    ]);
    await calls.call(
      'CreatePolicy',
      { PolicyName: 'theirs', PolicyDocument: document },
      rootOf(otherAccount),
    );
    expect((await refusal(attach('arn:aws:iam::444455556666:policy/theirs')))[0]).toBe('NoSuchEntity');
    await attach('arn:aws:iam::aws:policy/service-role/AWS_ConfigRole');
    await attach('arn:aws:iam::aws:policy/service-role/AWS_ConfigRole');
    const listed = await call<ListAttachedRolePoliciesResponse>('ListAttachedRolePolicies', {
      RoleName: 'config',
    });
    expect(listed.AttachedPolicies).toEqual([
      { PolicyName: 'AWS_ConfigRole', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole' },
    ]);
    expect((await refusal(call('DetachRolePolicy', { RoleName: 'config', PolicyArn: missing })))[0]).toBe(
      'NoSuchEntity',
    );
  });

  test('are ten at most', async () => {
    await newRole();
    for (let i = 0; i <= 10; i++) {
      await call('CreatePolicy', { PolicyName: `p${String(i)}`, PolicyDocument: document });
      const attached = call('AttachRolePolicy', {
        RoleName: 'config',
        PolicyArn: `arn:aws:iam::111122223333:policy/p${String(i)}`,
      });
      if (i < 10) await attached;
      else expect((await refusal(attached))[2]).toBe('Cannot exceed quota for PoliciesPerRole: 10');
    }
  });

  test('can be its boundary', async () => {
    await newRole();
    await call('CreatePolicy', { PolicyName: 'limit', PolicyDocument: document });
    const arn = 'arn:aws:iam::111122223333:policy/limit';
    await call('PutRolePermissionsBoundary', { RoleName: 'config', PermissionsBoundary: arn });
    // The permission asks about the boundary that it is about to have.
    expect(calls.lastAsked()[0]?.context).toContainEqual([
      'iam:PermissionsBoundary',
      { state: 'present', values: [arn], multivalued: false },
    ]);
    const { Role } = await call<GetRoleResponse>('GetRole', { RoleName: 'config' });
    expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(arn);
    // spec: IAMAPI-DELETE-2
    expect(await refusal(call('DeletePolicy', { PolicyArn: arn }))).toEqual([
      'DeleteConflict',
      409,
      'Cannot delete a policy attached to entities.',
    ]);
    await call('DeleteRolePermissionsBoundary', { RoleName: 'config' });
    await call('DeletePolicy', { PolicyArn: arn });
  });

  // spec: IAMAPI-DELETE-2
  test('are never attached and deleted at the same moment', async () => {
    await newRole();
    const arn = 'arn:aws:iam::111122223333:policy/p';
    for (let i = 0; i < 20; i++) {
      await call('CreatePolicy', { PolicyName: 'p', PolicyDocument: document });
      const [attached, deleted] = await Promise.allSettled([
        call('AttachRolePolicy', { RoleName: 'config', PolicyArn: arn }),
        call('DeletePolicy', { PolicyArn: arn }),
      ]);
      expect([attached.status, deleted.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      if (attached.status === 'fulfilled') {
        await call('DetachRolePolicy', { RoleName: 'config', PolicyArn: arn });
        await call('DeletePolicy', { PolicyArn: arn });
      }
    }
  });
});

describe('the service-linked role of AWS Config', () => {
  // spec: IAMAPI-SLR-1
  test('is made once, with its path, trust and policy', async () => {
    const { Role } = await call<CreateServiceLinkedRoleResponse>('CreateServiceLinkedRole', {
      AWSServiceName: 'config.amazonaws.com',
    });
    const arn =
      'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig';
    expect(Role?.Arn).toBe(arn);
    expect(calls.lastAsked()).toMatchObject([{ action: 'iam:CreateServiceLinkedRole', resource: arn }]);
    expect(
      await refusal(call('CreateServiceLinkedRole', { AWSServiceName: 'config.amazonaws.com' })),
    ).toEqual([
      'InvalidInput',
      400,
      'Service role name AWSServiceRoleForConfig has been taken in this account, please try a different suffix.',
    ]);
    const principal = {
      kind: 'role-session' as const,
      account,
      partition: 'aws',
      roleArn: arn,
      sessionArn: '',
      sessionName: 's',
      isSessionNameUncertain: false,
      roleUniqueId: Role?.RoleId ?? null,
      isServiceLinked: true,
    };
    const policies = await identityPoliciesOf(records, principal);
    expect(policies.identity.map((policy) => policy.kind)).toEqual(['stored']);
  });

  // spec: IAMAPI-SLR-2
  test('is changed by AWS alone', async () => {
    await call('CreateServiceLinkedRole', { AWSServiceName: 'config.amazonaws.com' });
    const RoleName = 'AWSServiceRoleForConfig';
    const changes: [string, object][] = [
      ['DeleteRole', {}],
      ['PutRolePolicy', { PolicyName: 'p', PolicyDocument: document }],
      ['AttachRolePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      ['UpdateAssumeRolePolicy', { PolicyDocument: trust }],
      ['PutRolePermissionsBoundary', { PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      ['UpdateRole', { MaxSessionDuration: 7200 }],
    ];
    for (const [name, input] of changes) {
      expect((await refusal(call(name, { RoleName, ...input })))[0], name).toBe('UnmodifiableEntity');
    }
  });
});

describe('what is asked of the policy engine', () => {
  test('names the stored ARN with its path, and the root path where there is no such role', async () => {
    await newRole({ Path: '/deep/' });
    await call('GetRole', { RoleName: 'config' });
    expect(calls.lastAsked()).toMatchObject([
      {
        action: 'iam:GetRole',
        resource: 'arn:aws:iam::111122223333:role/deep/config',
        resourceAccount: account,
      },
    ]);
    await refusal(call('PutRolePolicy', { RoleName: 'missing', PolicyName: 'p', PolicyDocument: document }));
    expect(calls.lastAsked()).toMatchObject([
      { action: 'iam:PutRolePolicy', resource: 'arn:aws:iam::111122223333:role/missing' },
    ]);
  });

  test.each(Object.keys(iam.operations))('%s declares its own action and nothing else', async (name) => {
    const everything = {
      RoleName: 'config',
      UserName: 'ann',
      GroupName: 'group',
      PolicyName: 'p',
      PolicyArn: 'arn:aws:iam::111122223333:policy/p',
      PolicyDocument: document,
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      AWSServiceName: 'config.amazonaws.com',
      AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      Status: 'Active',
      VersionId: 'v1',
      Description: 'd',
    };
    await call(name, everything).catch(() => undefined);
    expect(calls.lastAsked().map((permission) => permission.action)).toEqual([`iam:${name}`]);
    expect(iam.operations[name]?.name).toBe(name);
  });

  // spec: IAMAPI-DENY-1
  test('is told to the caller when it is refused', () => {
    const denial = {
      callerName: 'arn:aws:iam::111122223333:user/ann',
      permission: {
        action: 'iam:GetRole',
        resource: 'arn:aws:iam::111122223333:role/config',
        resourceAccount: account,
      },
      because: 'because no identity-based policy allows the iam:GetRole action',
    } as Denial;
    expect(iam.denied(denial)).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:GetRole on resource: arn:aws:iam::111122223333:role/config because no identity-based policy allows the iam:GetRole action',
    });
  });
});

describe('AWS Config', () => {
  // spec: IAMAPI-INVENTORY-1
  test('describes a role by its unique ID, with its policies', async () => {
    const { Role } = await newRole();
    await call('CreatePolicy', { PolicyName: 'own', PolicyDocument: document });
    await call('AttachRolePolicy', { RoleName: 'config', PolicyArn: 'arn:aws:iam::111122223333:policy/own' });
    await call('PutRolePolicy', { RoleName: 'config', PolicyName: 'p', PolicyDocument: document });
    const [item, policy, ...others] = await iamInventory(records, account);
    expect(others).toEqual([]);
    // spec: IAMAPI-INVENTORY-2
    expect(policy).toMatchObject({
      resourceType: 'AWS::IAM::Policy',
      relationships: [{ resourceId: Role?.RoleId, name: 'Is attached to Role' }],
      configuration: { attachmentCount: 1, policyVersionList: [{ isDefaultVersion: true }] },
    });
    expect(item).toMatchObject({
      resourceType: 'AWS::IAM::Role',
      resourceId: Role?.RoleId,
      resourceName: 'config',
      awsRegion: 'global',
      relationships: [{ resourceName: 'own', name: 'Is attached to CustomerManagedPolicy' }],
      configuration: {
        assumeRolePolicyDocument: Role?.AssumeRolePolicyDocument,
        rolePolicyList: [{ policyName: 'p' }],
        attachedManagedPolicies: [{ policyName: 'own' }],
      },
    });
  });
});
