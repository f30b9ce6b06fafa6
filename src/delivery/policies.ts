/**
 * The policies that a delivery needs and no more, made of the same plan that judges it.
 * Pure. spec: DLV-POLICY-1, DLV-POLICY-2
 */
import { parseArn } from '../aws/arn.ts';
import { configServicePrincipal, deliveryPlan, type DeliveryStep, type Identity } from './plan.ts';

/** What the policies are for. */
export interface PolicyWishes {
  readonly for: Identity | 'both';
  /** Accounts with recorders. Empty: every account of `organization`. */
  readonly accounts: readonly string[];
  /** Regions with recorders. Empty: all. */
  readonly regions: readonly string[];
  readonly bucketName: string | null;
  /** Owner of bucket and topic policies' resources; the key's account, else the first account, unless given. */
  readonly bucketAccount?: string | null;
  /** Whether the bucket's object ownership leaves ACLs in force; BucketOwnerEnforced, AWS's default, does not. */
  readonly areAclsEnabled?: boolean;
  readonly prefix: string | null;
  readonly keyArn: string | null;
  /** Whether the key policy leaves permissions to its account's IAM policies, as the generated one does. */
  readonly isKeyDelegated?: boolean;
  readonly topicArn: string | null;
  readonly organizationId: string | null;
  /** The recorder's role, in every account the same name: an ARN, or a name with its path. */
  readonly role: string | null;
  readonly partition: string;
}

export interface GeneratedStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface GeneratedPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly GeneratedStatement[];
}

/** `null`: nothing is needed there. */
export interface GeneratedPolicies {
  readonly key: GeneratedPolicy | null;
  readonly bucket: GeneratedPolicy | null;
  readonly role: GeneratedPolicy | null;
  readonly trust: GeneratedPolicy | null;
  readonly topic: GeneratedPolicy | null;
}

/** The policies for the wishes. A policy whose resource the wishes don't name is `null`. */
export function generatePolicies(wishes: PolicyWishes): GeneratedPolicies {
  return {
    key: keyPolicy(wishes),
    bucket: bucketPolicy(wishes),
    role: rolePolicy(wishes),
    trust: wants(wishes, 'role') ? trustPolicy(wishes) : null,
    topic: topicPolicy(wishes),
  };
}

function keyPolicy(wishes: PolicyWishes): GeneratedPolicy | null {
  const { keyArn } = wishes;
  if (keyArn === null) return null;
  const actions = actionsOn('key', wishes);
  const isForeign = (arn: string): boolean => accountOf(arn) !== accountOf(keyArn);
  // Where roles of other accounts need a statement of their own, the role of the key's account has it too.
  const isOwnLeftOut = wishes.isKeyDelegated !== false && roleArns(wishes).some(isForeign);
  const roles = roleStatementPart(wishes, (arn) => !isOwnLeftOut || isForeign(arn));
  return policy([
    // Without it nobody could change the policy any more, and KMS refuses it.
    {
      Sid: 'EnableIAMUserPermissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:${wishes.partition}:iam::${accountOf(keyArn)}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    ...(roles === null
      ? []
      : [
          {
            Sid: 'AWSConfigRoleUsesKey',
            Effect: 'Allow' as const,
            Principal: roles.Principal ?? {},
            Action: actions,
            Resource: keyArn,
            ...(roles.Condition === undefined ? {} : { Condition: roles.Condition }),
          },
        ]),
    ...(wants(wishes, 'service-principal')
      ? [
          {
            Sid: 'AWSConfigUsesKey',
            Effect: 'Allow' as const,
            Principal: { Service: configServicePrincipal },
            Action: actions,
            Resource: keyArn,
            Condition: sourceCondition(wishes),
          },
        ]
      : []),
  ]);
}

function bucketPolicy(wishes: PolicyWishes): GeneratedPolicy | null {
  if (wishes.bucketName === null) return null;
  const strangers = roleStatementPart(wishes, (arn) => accountOf(arn) !== ownerOf(wishes));
  return policy([
    ...(strangers === null
      ? []
      : bucketStatements(
          { ...wishes, accounts: strangers.accounts },
          'AWSConfigRole',
          strangers.Principal,
          strangers.Condition ?? null,
        )),
    ...(wants(wishes, 'service-principal')
      ? bucketStatements(wishes, 'AWSConfig', { Service: configServicePrincipal }, sourceCondition(wishes))
      : []),
  ]);
}

function rolePolicy(wishes: PolicyWishes): GeneratedPolicy | null {
  if (!wants(wishes, 'role')) return null;
  const { keyArn, topicArn } = wishes;
  const isForeignKey =
    keyArn !== null &&
    (wishes.accounts.length === 0 || roleArns(wishes).some((arn) => accountOf(arn) !== accountOf(keyArn)));
  return policy([
    ...(wishes.bucketName === null ? [] : bucketStatements(wishes, 'AWSConfig', undefined, null)),
    // In its own account the key policy that names the role is enough.
    ...(isForeignKey
      ? [
          {
            Sid: 'AWSConfigUsesKey',
            Effect: 'Allow' as const,
            Action: actionsOn('key', wishes),
            Resource: keyArn,
          },
        ]
      : []),
    ...(topicArn === null
      ? []
      : [
          {
            Sid: 'AWSConfigNotifies',
            Effect: 'Allow' as const,
            Action: oneOrMany(actionsOn('topic', wishes)),
            Resource: topicArn,
          },
        ]),
  ]);
}

function trustPolicy(wishes: PolicyWishes): GeneratedPolicy | null {
  return policy([
    {
      Sid: 'AWSConfigAssumesRole',
      Effect: 'Allow',
      Principal: { Service: configServicePrincipal },
      Action: 'sts:AssumeRole',
      Condition: sourceCondition(wishes),
    },
  ]);
}

function topicPolicy(wishes: PolicyWishes): GeneratedPolicy | null {
  const { topicArn } = wishes;
  if (topicArn === null) return null;
  const strangers = roleStatementPart(wishes, (arn) => accountOf(arn) !== accountOf(topicArn));
  const publish = oneOrMany(actionsOn('topic', wishes));
  return policy([
    ...(strangers === null
      ? []
      : [
          {
            Sid: 'AWSConfigRoleNotifies',
            Effect: 'Allow' as const,
            Principal: strangers.Principal ?? {},
            Action: publish,
            Resource: topicArn,
            ...(strangers.Condition === undefined ? {} : { Condition: strangers.Condition }),
          },
        ]),
    ...(wants(wishes, 'service-principal')
      ? [
          {
            Sid: 'AWSConfigNotifies',
            Effect: 'Allow' as const,
            Principal: { Service: configServicePrincipal },
            Action: publish,
            Resource: topicArn,
            Condition: sourceCondition(wishes),
          },
        ]
      : []),
  ]);
}

/** What reading the bucket and writing files takes. `principal`: missing in a policy of the role itself. */
function bucketStatements(
  wishes: PolicyWishes,
  sid: string,
  principal: GeneratedStatement['Principal'],
  source: NonNullable<GeneratedStatement['Condition']> | null,
): readonly GeneratedStatement[] {
  const bucketArn = `arn:${wishes.partition}:s3:::${wishes.bucketName ?? ''}`;
  const whom = principal === undefined ? {} : { Principal: principal };
  const { prefix } = wishes;
  // spec: DLV-PLAN-8
  const isRole = !(principal !== undefined && 'Service' in principal);
  const writing =
    wishes.areAclsEnabled === true && isRole ? ['s3:PutObject', 's3:PutObjectAcl'] : 's3:PutObject';
  const folders = (wishes.accounts.length === 0 ? ['*'] : wishes.accounts).map(
    (account) =>
      `${bucketArn}/${prefix === null || prefix === '' ? '' : `${prefix}/`}AWSLogs/${account}/Config/*`,
  );
  return [
    {
      Sid: `${sid}ReadsBucket`,
      Effect: 'Allow',
      ...whom,
      Action: oneOrMany(actionsOn('bucket', wishes)),
      Resource: bucketArn,
      ...(source === null ? {} : { Condition: source }),
    },
    {
      Sid: `${sid}WritesFiles`,
      Effect: 'Allow',
      ...whom,
      Action: writing,
      Resource: oneOrMany(folders),
      Condition: {
        ...source,
        StringEquals: { ...source?.['StringEquals'], 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
  ];
}

/** For which recorders a service principal may act. */
function sourceCondition(wishes: PolicyWishes): NonNullable<GeneratedStatement['Condition']> {
  const { accounts, regions, organizationId, partition } = wishes;
  const equals: Record<string, string | readonly string[]> = {};
  if (accounts.length > 0) equals['aws:SourceAccount'] = oneOrMany(accounts);
  if (organizationId !== null) equals['aws:SourceOrgID'] = organizationId;
  if (regions.length === 0 && accounts.length === 0) return { StringEquals: equals };
  const arns = (accounts.length === 0 ? ['*'] : accounts).flatMap((account) =>
    (regions.length === 0 ? ['*'] : regions).map(
      (region) => `arn:${partition}:config:${region}:${account}:*`,
    ),
  );
  return { StringEquals: equals, ArnLike: { 'aws:SourceArn': oneOrMany(arns) } };
}

/** The actions of the plan on a kind of thing, in the plan's order, each once. */
function actionsOn(target: DeliveryStep['target'], wishes: PolicyWishes): readonly string[] {
  const actions = deliveryPlan
    .filter((step) => step.target === target && step.as.some((identity) => wants(wishes, identity)))
    .map(({ action }) => action);
  return [...new Set(actions)];
}

function wants(wishes: PolicyWishes, identity: Identity): boolean {
  return wishes.for === 'both' || wishes.for === identity;
}

interface RolesPart extends Pick<GeneratedStatement, 'Principal' | 'Condition'> {
  /** The accounts that the roles write for; empty: any. */
  readonly accounts: readonly string[];
}

/**
 * Whom a resource policy lets in as roles, where `others` own what it is about. Accounts that can't be listed are those
 * of the organization, which own it or not.
 */
function roleStatementPart(wishes: PolicyWishes, isIncluded: (roleArn: string) => boolean): RolesPart | null {
  if (!wants(wishes, 'role') || wishes.role === null) return null;
  const { accounts, organizationId, partition, role } = wishes;
  if (accounts.length === 0 && organizationId !== null && !role.startsWith('arn:')) {
    return {
      accounts: [],
      Principal: { AWS: '*' },
      Condition: {
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
        ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::*:role/${role}` },
      },
    };
  }
  const arns = roleArns(wishes).filter(isIncluded);
  if (arns.length === 0) return null;
  // A role writes for its own account; one that is not among those named stands for all of them.
  const owners = accounts.filter((account) => arns.some((arn) => accountOf(arn) === account));
  return { accounts: owners.length === 0 ? accounts : owners, Principal: { AWS: oneOrMany(arns) } };
}

/** The role in each account. */
function roleArns({ role, accounts, partition }: PolicyWishes): readonly string[] {
  if (role === null) return [];
  const named = role.startsWith('arn:') ? parseArn(role) : null;
  const resource = named === null ? `role/${role}` : named.resource;
  const owners = named === null || accounts.includes(named.account) ? accounts : [named.account];
  return owners.map((account) => `arn:${partition}:iam::${account}:${resource}`);
}

function ownerOf({ bucketAccount, keyArn, accounts }: PolicyWishes): string | undefined {
  return bucketAccount ?? (keyArn === null ? accounts[0] : accountOf(keyArn));
}

function accountOf(arn: string): string {
  return parseArn(arn)?.account ?? '';
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function policy(statements: readonly GeneratedStatement[]): GeneratedPolicy | null {
  return statements.length === 0 ? null : { Version: '2012-10-17', Statement: statements };
}
