import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  ListRolesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type AssumeRoleCommandInput,
  type Credentials,
  type STSClient,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import {
  account,
  iamClient,
  refusalOf,
  startApp,
  stsClient,
  type ClientCredentials,
} from './identity-clients.ts';

const allowing = (action: string | string[], resource = '*'): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });
const trusting = (arn: string, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: arn }, Action: ['sts:AssumeRole', 'sts:TagSession'], ...more },
    ],
  });

let app: App;
let root: IAMClient;
let ann: STSClient;
beforeEach(async () => {
  app = await startApp();
  root = iamClient(app);
  await root.send(new CreateUserCommand({ UserName: 'ann' }));
  const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
  ann = stsClient(app, {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  });
});
afterEach(() => app.close());

const annArn = `arn:aws:iam::${account}:user/ann`;
const newRole = async (trust: string, name = 'reader'): Promise<string> => {
  const input = { RoleName: name, Path: '/deep/', AssumeRolePolicyDocument: trust };
  await root.send(new CreateRoleCommand(input));
  await root.send(
    new PutRolePolicyCommand({
      RoleName: name,
      PolicyName: 'lists',
      PolicyDocument: allowing(['iam:ListRoles', 'iam:ListUsers']),
    }),
  );
  return `arn:aws:iam::${account}:role/deep/${name}`;
};
const assume = async (
  RoleArn: string,
  more: Partial<AssumeRoleCommandInput> = {},
  client = ann,
): Promise<ClientCredentials> => {
  const answer = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...more }));
  return keyOf(answer.Credentials);
};
const keyOf = (credentials: Credentials | undefined): ClientCredentials => ({
  accessKeyId: credentials?.AccessKeyId ?? '',
  secretAccessKey: credentials?.SecretAccessKey ?? '',
  sessionToken: credentials?.SessionToken ?? '',
});
const denied = (caller: string, arn: string, action = 'sts:AssumeRole') => [
  'AccessDenied',
  403,
  `User: ${caller} is not authorized to perform: ${action} on resource: ${arn}`,
];

test('root user, user and session are told who they are', async () => {
  const ofRoot = await stsClient(app).send(new GetCallerIdentityCommand({}));
  expect(ofRoot).toMatchObject({ Account: account, Arn: `arn:aws:iam::${account}:root`, UserId: account });
  expect((await ann.send(new GetCallerIdentityCommand({}))).Arn).toBe(annArn);
  const session = stsClient(app, await assume(await newRole(trusting(annArn))));
  const who = await session.send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe(`arn:aws:sts::${account}:assumed-role/reader/session`);
  expect(who.UserId).toMatch(/^AROA[A-Z2-7]{17}:session$/);
});

test('a role that names its caller is assumed without any policy of the caller, and its session has its policies', async () => {
  const session = iamClient(app, await assume(await newRole(trusting(annArn))));
  await session.send(new ListRolesCommand({}));
  await root.send(new DeleteRolePolicyCommand({ RoleName: 'reader', PolicyName: 'lists' }));
  expect((await refusalOf(session.send(new ListRolesCommand({}))))[2]).toContain(
    `User: arn:aws:sts::${account}:assumed-role/reader/session is not authorized to perform: iam:ListRoles`,
  );
});

test("a role that trusts the account needs the caller's own policy as well", async () => {
  const arn = await newRole(trusting(`arn:aws:iam::${account}:root`));
  expect(await refusalOf(assume(arn))).toEqual(denied(annArn, arn));
  await root.send(
    new PutUserPolicyCommand({
      UserName: 'ann',
      PolicyName: 'p',
      PolicyDocument: allowing('sts:AssumeRole', arn),
    }),
  );
  await assume(arn);
});

test('a role of another account needs both sides', async () => {
  const other = iamClient(app, { accessKeyId: '444455556666', secretAccessKey: 'test' });
  await other.send(new CreateRoleCommand({ RoleName: 'theirs', AssumeRolePolicyDocument: trusting(annArn) }));
  const arn = 'arn:aws:iam::444455556666:role/theirs';
  expect(await refusalOf(assume(arn))).toEqual(denied(annArn, arn));
  await root.send(
    new PutUserPolicyCommand({
      UserName: 'ann',
      PolicyName: 'p',
      PolicyDocument: allowing('sts:AssumeRole'),
    }),
  );
  await assume(arn);
});

test('a role that trusts somebody else, and one that does not exist, are refused alike', async () => {
  await root.send(
    new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument: allowing('*') }),
  );
  const arn = await newRole(
    JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'config.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    }),
  );
  expect(await refusalOf(assume(arn))).toEqual(denied(annArn, arn));
  const missing = `arn:aws:iam::${account}:role/missing`;
  expect(await refusalOf(assume(missing))).toEqual(denied(annArn, missing));
  expect(await refusalOf(assume(arn, {}, stsClient(app)))).toEqual([
    'AccessDenied',
    403,
    'Roles may not be assumed by root accounts.',
  ]);
});

test('an external ID is compared', async () => {
  const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'the-secret' } } };
  const arn = await newRole(trusting(annArn, condition));
  expect(await refusalOf(assume(arn))).toEqual(denied(annArn, arn));
  expect(await refusalOf(assume(arn, { ExternalId: 'a-secret' }))).toEqual(denied(annArn, arn));
  await assume(arn, { ExternalId: 'the-secret' });
});

test('session tags and a source identity are permissions of their own', async () => {
  const arn = await newRole(trusting(annArn));
  await assume(arn, { Tags: [{ Key: 'team', Value: 'x' }] });
  expect(await refusalOf(assume(arn, { SourceIdentity: 'ann' }))).toEqual(
    denied(annArn, arn, 'sts:SetSourceIdentity'),
  );
});

test('a session policy narrows the session and gives nothing', async () => {
  const arn = await newRole(trusting(annArn));
  const session = iamClient(
    app,
    await assume(arn, { Policy: allowing(['iam:ListRoles', 'iam:CreateUser']) }),
  );
  await session.send(new ListRolesCommand({}));
  expect((await refusalOf(session.send(new ListUsersCommand({}))))[2]).toContain(
    'because no session policy allows',
  );
  expect((await refusalOf(session.send(new CreateUserCommand({ UserName: 'x' }))))[0]).toBe('AccessDenied');
});

test('a session is nothing without its own token, after its time, and after its role is gone', async () => {
  const key = await assume(await newRole(trusting(annArn)), { DurationSeconds: 900 });
  const { sessionToken, ...withoutToken } = key;
  const list = (credentials: ClientCredentials): Promise<unknown> =>
    iamClient(app, credentials).send(new ListRolesCommand({}));
  await list(key);
  expect((await refusalOf(list(withoutToken)))[0]).toBe('InvalidClientTokenId');
  expect((await refusalOf(list({ ...key, sessionToken: `${sessionToken ?? ''}x` })))[0]).toBe(
    'InvalidClientTokenId',
  );

  await root.send(new DeleteRolePolicyCommand({ RoleName: 'reader', PolicyName: 'lists' }));
  await root.send(new DeleteRoleCommand({ RoleName: 'reader' }));
  await newRole(trusting(annArn));
  expect((await refusalOf(list(key)))[0]).toBe('AccessDenied');

  const moved = await fetch(`${app.address.url}/_sealpost/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: 901 }),
  });
  expect(moved.status).toBe(200);
  expect((await refusalOf(list(key)))[0]).toBe('ExpiredToken');
});

test("a user's session token stands for the user", async () => {
  const { Credentials } = await ann.send(new GetSessionTokenCommand({}));
  const session = stsClient(app, keyOf(Credentials));
  expect((await session.send(new GetCallerIdentityCommand({}))).Arn).toBe(annArn);
  expect((await refusalOf(session.send(new GetSessionTokenCommand({}))))[2]).toBe(
    'Cannot call GetSessionToken with session credentials',
  );
});
