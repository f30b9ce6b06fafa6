import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  paginateListRoles,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { account, iamClient, refusalOf, startApp, type ClientCredentials } from './identity-clients.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const allowing = (action: string | string[], resource = '*'): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });

let app: App;
let root: IAMClient;
beforeAll(async () => {
  app = await startApp();
  root = iamClient(app);
});
afterAll(() => app.close());

async function newUser(name: string): Promise<ClientCredentials> {
  await root.send(new CreateUserCommand({ UserName: name }));
  const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName: name }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

test('the calls with which infrastructure tools make, read back, change and delete a role', async () => {
  const created = await root.send(
    new CreateRoleCommand({
      RoleName: 'recorder',
      Path: '/tools/',
      AssumeRolePolicyDocument: trust,
      Description: 'd & <e>',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'team', Value: 'ü' }],
    }),
  );
  expect(created.Role?.Arn).toBe(`arn:aws:iam::${account}:role/tools/recorder`);
  expect(created.Role?.CreateDate).toBeInstanceOf(Date);

  const { Role } = await root.send(new GetRoleCommand({ RoleName: 'recorder' }));
  expect(Role).toMatchObject({
    RoleId: created.Role?.RoleId,
    Description: 'd & <e>',
    MaxSessionDuration: 7200,
    Tags: [{ Key: 'team', Value: 'ü' }],
  });
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);

  const RoleName = 'recorder';
  const PolicyDocument = allowing('s3:PutObject', 'arn:aws:s3:::logs/*');
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole';
  await root.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'delivery', PolicyDocument }));
  await root.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const inline = await root.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'delivery' }));
  expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(PolicyDocument);
  expect((await root.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['delivery']);
  expect((await root.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([
    { PolicyName: 'AWS_ConfigRole', PolicyArn },
  ]);
  expect((await root.send(new ListInstanceProfilesForRoleCommand({ RoleName }))).InstanceProfiles).toEqual(
    [],
  );

  expect(await refusalOf(root.send(new DeleteRoleCommand({ RoleName })))).toEqual([
    'DeleteConflictException',
    409,
    'Cannot delete entity, must detach all policies first.',
  ]);
  await root.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await root.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'delivery' }));
  await root.send(new DeleteRoleCommand({ RoleName }));
  expect(await refusalOf(root.send(new GetRoleCommand({ RoleName })))).toEqual([
    'NoSuchEntityException',
    404,
    'The role with name recorder cannot be found.',
  ]);
});

test('a list is walked page by page by the official paginator', async () => {
  for (const name of ['page-a', 'page-b', 'page-c']) {
    await root.send(
      new CreateRoleCommand({ RoleName: name, Path: '/pages/', AssumeRolePolicyDocument: trust }),
    );
  }
  const names: (string | undefined)[] = [];
  for await (const page of paginateListRoles({ client: root, pageSize: 2 }, { PathPrefix: '/pages/' })) {
    names.push(...(page.Roles ?? []).map((role) => role.RoleName));
  }
  expect(names).toEqual(['page-a', 'page-b', 'page-c']);
});

test('a malformed policy is refused in the words of IAM', async () => {
  const asked = root.send(
    new CreatePolicyCommand({ PolicyName: 'bad', PolicyDocument: '{"Version":"2012-10-17"}' }),
  );
  expect(await refusalOf(asked)).toEqual([
    'MalformedPolicyDocumentException',
    400,
    'Syntax errors in policy.',
  ]);
});

test('a user does what its policies say, and is told what they do not', async () => {
  const ann = iamClient(app, await newUser('ann'));
  const list = (): Promise<unknown> => ann.send(new ListRolesCommand({}));
  const denied = [
    'AccessDenied',
    403,
    `User: arn:aws:iam::${account}:user/ann is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::${account}:role/ because no identity-based policy allows the iam:ListRoles action`,
  ];
  expect(await refusalOf(list())).toEqual(denied);
  const policy = { UserName: 'ann', PolicyName: 'lists' };
  await root.send(
    new PutUserPolicyCommand({ ...policy, PolicyDocument: allowing(['iam:ListRoles', 'iam:GetUser']) }),
  );
  await list();
  expect((await ann.send(new GetUserCommand({}))).User?.UserName).toBe('ann');

  await root.send(
    new PutUserPermissionsBoundaryCommand({
      UserName: 'ann',
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    }),
  );
  expect((await refusalOf(list()))[2]).toContain(
    'because no permissions boundary allows the iam:ListRoles action',
  );
  await root.send(new DeleteUserPolicyCommand(policy));
  expect((await refusalOf(list()))[0]).toBe('AccessDenied');
});

test('a deactivated access key is no key', async () => {
  const key = await newUser('bob');
  const bob = iamClient(app, key);
  expect((await refusalOf(bob.send(new ListRolesCommand({}))))[0]).toBe('AccessDenied');
  await root.send(
    new UpdateAccessKeyCommand({ UserName: 'bob', AccessKeyId: key.accessKeyId, Status: 'Inactive' }),
  );
  expect(await refusalOf(bob.send(new ListRolesCommand({})))).toEqual([
    'InvalidClientTokenId',
    403,
    'The security token included in the request is invalid.',
  ]);
});

test('the service-linked role of AWS Config is made once and is not deleted by hand', async () => {
  await root.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }));
  const again = root.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }));
  expect((await refusalOf(again))[0]).toBe('InvalidInputException');
  const deletion = root.send(new DeleteRoleCommand({ RoleName: 'AWSServiceRoleForConfig' }));
  expect((await refusalOf(deletion))[0]).toBe('UnmodifiableEntityException');
});

test('accounts do not see each other', async () => {
  const other = iamClient(app, { accessKeyId: '444455556666', secretAccessKey: 'test' });
  await root.send(new CreateUserCommand({ UserName: 'private' }));
  expect((await refusalOf(other.send(new GetUserCommand({ UserName: 'private' }))))[0]).toBe(
    'NoSuchEntityException',
  );
});
