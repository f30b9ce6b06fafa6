/** AWS Organizations through the official client: accounts, units, and policies that count at once. */
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  DeleteOrganizationalUnitCommand,
  DeleteOrganizationCommand,
  DeletePolicyCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  DisablePolicyTypeCommand,
  EnablePolicyTypeCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  MoveAccountCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer, type App } from '../../src/app.ts';
import { organizationEntry } from '../../src/app/organization.ts';
import { account, iamClient, refusalOf, rootKey } from './identity-clients.ts';
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';

const region = 'us-east-1';

let app: App;
let organizations: OrganizationsClient;
let rootId = '';

function client(of: string): OrganizationsClient {
  return new OrganizationsClient({ ...settings(of), endpoint: app.address.url });
}

function settings(of: string) {
  return { region, credentials: { accessKeyId: of, secretAccessKey: 'test' }, maxAttempts: 1 };
}

beforeEach(async () => {
  app = await createServer();
  organizations = client(account);
  await organizations.send(new CreateOrganizationCommand({}));
  rootId = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? '';
});
afterEach(() => app.close());

async function newAccount(AccountName: string): Promise<string> {
  const { CreateAccountStatus } = await organizations.send(
    new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.com` }),
  );
  expect(CreateAccountStatus?.State).toBe('IN_PROGRESS');
  const status = await organizations.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: CreateAccountStatus?.Id }),
  );
  expect(status.CreateAccountStatus?.State).toBe('SUCCEEDED');
  return status.CreateAccountStatus?.AccountId ?? '';
}

async function newUnit(Name: string, ParentId = rootId): Promise<string> {
  const made = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
  return made.OrganizationalUnit?.Id ?? '';
}

async function newPolicy(Name: string, Type: PolicyType, statement: object): Promise<string> {
  const Content = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const made = await organizations.send(new CreatePolicyCommand({ Name, Type, Description: '', Content }));
  return made.Policy?.PolicySummary?.Id ?? '';
}

const enable = (PolicyType: PolicyType) =>
  organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType }));
const attach = (PolicyId: string, TargetId: string) =>
  organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
const detach = (PolicyId: string, TargetId: string) =>
  organizations.send(new DetachPolicyCommand({ PolicyId, TargetId }));
const move = (AccountId: string, SourceParentId: string, DestinationParentId: string) =>
  organizations.send(new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }));

/** Whether the account's root user may make a key: `null`, or the text of the refusal. */
async function refusalToMakeKey(of: string): Promise<string | null> {
  const kms = new KMSClient({ ...settings(of), endpoint: app.address.url });
  try {
    await kms.send(new CreateKeyCommand({}));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('an organization', () => {
  // spec: ORG-CREATE-1, ORG-AUTH-2, ORG-ONE-1
  it('belongs to the account that made it, and is seen by its members', async () => {
    const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ MasterAccountId: account, FeatureSet: 'ALL' });
    expect(Organization?.Id).toMatch(/^o-[a-z0-9]{10}$/);
    expect((await refusalOf(organizations.send(new CreateOrganizationCommand({}))))[0]).toBe(
      'AlreadyInOrganizationException',
    );
    const member = await newAccount('member');
    const seen = await client(member).send(new DescribeOrganizationCommand({}));
    expect(seen.Organization?.Id).toBe(Organization?.Id);
    expect(await refusalOf(client(member).send(new ListAccountsCommand({})))).toEqual([
      'AccessDeniedException',
      400,
      "You don't have permissions to access this resource.",
    ]);
    const stranger = client('999999999999');
    expect((await refusalOf(stranger.send(new DescribeOrganizationCommand({}))))[0]).toBe(
      'AWSOrganizationsNotInUseException',
    );
    expect((await refusalOf(stranger.send(new CreateOrganizationCommand({}))))[0]).toBe(
      'ConstraintViolationException',
    );
  });

  // spec: ORG-AUTH-1
  it('is managed by who may', async () => {
    const iam = iamClient(app);
    await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
    const user = new OrganizationsClient({
      endpoint: app.address.url,
      region,
      maxAttempts: 1,
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      },
    });
    const [code, , text] = await refusalOf(user.send(new ListRootsCommand({})));
    expect(code).toBe('AccessDeniedException');
    expect(text).toContain('is not authorized to perform: organizations:ListRoots');
  });

  // spec: ORG-CREATE-2
  it('ends only when it is empty', async () => {
    const unit = await newUnit('a');
    expect((await refusalOf(organizations.send(new DeleteOrganizationCommand({}))))[0]).toBe(
      'OrganizationNotEmptyException',
    );
    await organizations.send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId: unit }));
    await organizations.send(new DeleteOrganizationCommand({}));
    expect((await refusalOf(organizations.send(new ListRootsCommand({}))))[0]).toBe(
      'AWSOrganizationsNotInUseException',
    );
  });

  // spec: ORG-UNIT-1, ORG-ACCOUNT-1, ORG-ACCOUNT-2, ORG-LIST-1
  it('has units and accounts, which move', async () => {
    const outer = await newUnit('outer');
    const inner = await newUnit('inner', outer);
    expect(
      (await organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: inner })))
        .OrganizationalUnit?.Name,
    ).toBe('inner');
    expect((await refusalOf(newUnit('inner', outer)))[0]).toBe('DuplicateOrganizationalUnitException');
    expect((await refusalOf(newUnit('x', 'ou-none-12345678')))[0]).toBe('ParentNotFoundException');
    const member = await newAccount('member');
    await move(member, rootId, inner);
    expect((await refusalOf(move(member, rootId, outer)))[0]).toBe('SourceParentNotFoundException');
    expect((await organizations.send(new ListParentsCommand({ ChildId: member }))).Parents).toEqual([
      { Id: inner, Type: 'ORGANIZATIONAL_UNIT' },
    ]);
    const children = (ParentId: string, ChildType: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT') =>
      organizations.send(new ListChildrenCommand({ ParentId, ChildType }));
    expect((await children(inner, 'ACCOUNT')).Children).toEqual([{ Id: member, Type: 'ACCOUNT' }]);
    expect((await children(outer, 'ORGANIZATIONAL_UNIT')).Children).toEqual([
      { Id: inner, Type: 'ORGANIZATIONAL_UNIT' },
    ]);
    expect(
      (await organizations.send(new ListAccountsForParentCommand({ ParentId: inner }))).Accounts,
    ).toMatchObject([{ Id: member, Name: 'member' }]);
    expect(
      (await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: rootId })))
        .OrganizationalUnits,
    ).toMatchObject([{ Id: outer }]);
    expect((await organizations.send(new ListAccountsCommand({}))).Accounts?.length).toBe(2);
    expect(
      (await organizations.send(new DescribeAccountCommand({ AccountId: member }))).Account?.JoinedMethod,
    ).toBe('CREATED');
    expect(
      (
        await refusalOf(
          organizations.send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId: inner })),
        )
      )[0],
    ).toBe('OrganizationalUnitNotEmptyException');
  });
});

describe('a service control policy', () => {
  const noKeys = { Effect: 'Deny', Action: 'kms:CreateKey', Resource: '*' };

  // spec: ORG-EFFECT-1, ORG-EFFECT-2, ORG-DEFAULT-1, ORG-TYPE-1, ORG-ACCOUNT-2
  it('binds the accounts below it at once, never the management account, and not after it is off', async () => {
    const unit = await newUnit('guarded');
    const member = await newAccount('member');
    const id = await newPolicy('no-keys', 'SERVICE_CONTROL_POLICY', noKeys);
    expect((await refusalOf(attach(id, unit)))[0]).toBe('PolicyTypeNotEnabledException');
    await enable('SERVICE_CONTROL_POLICY');
    expect(await refusalToMakeKey(member)).toBeNull();
    await attach(id, unit);
    expect(await refusalToMakeKey(member)).toBeNull();
    await move(member, rootId, unit);
    expect(await refusalToMakeKey(member)).toContain('with an explicit deny in a service control policy');
    await move(member, unit, rootId);
    expect(await refusalToMakeKey(member)).toBeNull();
    await attach(id, rootId);
    expect(await refusalToMakeKey(member)).toContain('explicit deny');
    expect(await refusalToMakeKey(account)).toBeNull();
    await organizations.send(
      new DisablePolicyTypeCommand({ RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' }),
    );
    expect(await refusalToMakeKey(member)).toBeNull();
  });

  // spec: ORG-EFFECT-1, ORG-ATTACH-2
  it('in place of FullAWSAccess allows what it lists, and the last one stays', async () => {
    await enable('SERVICE_CONTROL_POLICY');
    const member = await newAccount('member');
    const only = await newPolicy('only-s3', 'SERVICE_CONTROL_POLICY', {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
    });
    expect((await refusalOf(detach('p-FullAWSAccess', member)))[0]).toBe('ConstraintViolationException');
    await attach(only, member);
    await detach('p-FullAWSAccess', member);
    expect(await refusalToMakeKey(member)).toContain('no service control policy allows');
    await organizations.send(
      new UpdatePolicyCommand({
        PolicyId: only,
        Content: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }],
        }),
      }),
    );
    expect(await refusalToMakeKey(member)).toBeNull();
  });

  // spec: ORG-POLICY-1, ORG-POLICY-2, ORG-POLICY-3, ORG-TYPE-2, ORG-ATTACH-1, ORG-LIST-1
  it('is kept with its text, one of a name, and goes when it is attached nowhere', async () => {
    await enable('SERVICE_CONTROL_POLICY');
    expect((await refusalOf(enable('SERVICE_CONTROL_POLICY')))[0]).toBe('PolicyTypeAlreadyEnabledException');
    const id = await newPolicy('no-keys', 'SERVICE_CONTROL_POLICY', noKeys);
    const { Policy } = await organizations.send(new DescribePolicyCommand({ PolicyId: id }));
    expect(JSON.parse(Policy?.Content ?? '')).toMatchObject({ Statement: [noKeys] });
    expect(Policy?.PolicySummary?.Arn).toMatch(
      new RegExp(`^arn:aws:organizations::${account}:policy/o-[a-z0-9]+/service_control_policy/${id}$`),
    );
    expect((await refusalOf(newPolicy('no-keys', 'SERVICE_CONTROL_POLICY', noKeys)))[0]).toBe(
      'DuplicatePolicyException',
    );
    expect((await refusalOf(newPolicy('bad', 'SERVICE_CONTROL_POLICY', { Effect: 'Maybe' })))[0]).toBe(
      'MalformedPolicyDocumentException',
    );
    expect((await refusalOf(newPolicy('tags', 'TAG_POLICY', noKeys)))[0]).toBe('InvalidInputException');
    await attach(id, rootId);
    expect((await refusalOf(attach(id, rootId)))[0]).toBe('DuplicatePolicyAttachmentException');
    const Filter = 'SERVICE_CONTROL_POLICY';
    const listed = await organizations.send(new ListPoliciesCommand({ Filter }));
    expect(listed.Policies?.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['FullAWSAccess', 'no-keys']),
    );
    const atRoot = await organizations.send(new ListPoliciesForTargetCommand({ TargetId: rootId, Filter }));
    expect(atRoot.Policies?.length).toBe(2);
    const targets = await organizations.send(new ListTargetsForPolicyCommand({ PolicyId: id }));
    expect(targets.Targets).toMatchObject([{ TargetId: rootId, Type: 'ROOT' }]);
    expect((await refusalOf(organizations.send(new DeletePolicyCommand({ PolicyId: id }))))[0]).toBe(
      'PolicyInUseException',
    );
    await detach(id, rootId);
    expect((await refusalOf(detach(id, rootId)))[0]).toBe('PolicyNotAttachedException');
    await organizations.send(new DeletePolicyCommand({ PolicyId: id }));
    expect((await refusalOf(attach(id, rootId)))[0]).toBe('PolicyNotFoundException');
    expect((await refusalOf(attach('p-FullAWSAccess', 'ou-none-12345678')))[0]).toBe(
      'TargetNotFoundException',
    );
  });
});

// spec: ORG-EFFECT-1, ORG-DEFAULT-1, ORG-ATTACH-2
it('a resource control policy keeps other accounts off the buckets of a member', async () => {
  await enable('RESOURCE_CONTROL_POLICY');
  const member = await newAccount('member');
  const Bucket = 'members-bucket';
  const owner = new S3Client({ ...settings(member), endpoint: app.address.url, forcePathStyle: true });
  await owner.send(new CreateBucketCommand({ Bucket }));
  await owner.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: '999999999999' },
            Action: 's3:ListBucket',
            Resource: `arn:aws:s3:::${Bucket}`,
          },
        ],
      }),
    }),
  );
  const stranger = new S3Client({
    ...settings('999999999999'),
    endpoint: app.address.url,
    forcePathStyle: true,
  });
  const list = () => stranger.send(new ListObjectsV2Command({ Bucket }));
  await list();
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
  const id = await newPolicy('perimeter', 'RESOURCE_CONTROL_POLICY', {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': Organization?.Id } },
  });
  await attach(id, member);
  expect((await refusalOf(list()))[1]).toBe(403);
  await owner.send(new ListObjectsV2Command({ Bucket }));
  expect((await refusalOf(detach('p-RCPFullAWSAccess', member)))[0]).toBe('ConstraintViolationException');
});

// spec: ORG-SETUP-1
it('a setup shows the organization with the policies of each level', async () => {
  await enable('SERVICE_CONTROL_POLICY');
  const unit = await newUnit('unit');
  const member = await newAccount('member');
  await move(member, rootId, unit);
  const statement = { Effect: 'Deny', Action: 'kms:CreateKey', Resource: '*' };
  await attach(await newPolicy('no-keys', 'SERVICE_CONTROL_POLICY', statement), unit);
  const entry = await organizationEntry(app.records);
  const full = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const version = '2012-10-17';
  expect(entry?.accounts?.find(({ id }) => id === member)).toEqual({
    id: member,
    path: `${entry?.id ?? ''}/${rootId}/${unit}/`,
    serviceControlPolicies: [
      [{ Version: version, Statement: full }],
      [
        { Version: version, Statement: full },
        { Version: version, Statement: [statement] },
      ],
      [{ Version: version, Statement: full }],
    ],
    resourceControlPolicies: [],
  });
  expect(entry?.accounts?.find(({ id }) => id === account)).toMatchObject({ serviceControlPolicies: [] });
});

// spec: ORG-SETUP-1, ORG-SETUP-2
it('an organization that a setup laid out counts, and changes with the setup only', async () => {
  const scp = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'kms:CreateKey', Resource: '*' }],
  };
  const full = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  await using laidOut = await createServer({
    setup: {
      organization: {
        id: 'o-exampleorgid',
        managementAccount: '999999999999',
        accounts: [
          { id: account, path: 'o-exampleorgid/r-ab12/', serviceControlPolicies: [[full, scp], [full]] },
        ],
      },
    },
  });
  const kms = new KMSClient({ region, credentials: rootKey, maxAttempts: 1, endpoint: laidOut.address.url });
  expect((await refusalOf(kms.send(new CreateKeyCommand({}))))[2]).toContain('service control policy');
  const asked = new OrganizationsClient({ ...settings(account), endpoint: laidOut.address.url });
  expect((await refusalOf(asked.send(new DescribeOrganizationCommand({}))))[0]).toBe(
    'ConstraintViolationException',
  );
});
