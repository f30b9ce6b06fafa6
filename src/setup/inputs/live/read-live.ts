/**
 * Reads what decides a delivery from live accounts: recorders and channels of each, then what those name, wherever it
 * is. What is refused is unknown, with the permission to allow; nothing is guessed from a refusal.
 * spec: INPUT-LIVE-1, INPUT-LIVE-2, INPUT-LIVE-3
 */
import { parseArn } from '../../../aws/arn.ts';
import { findManagedPolicy } from '../../../aws/managed-policies/managed-policy.ts';
import { listAt, membersAt, textAt } from '../answers/answer-values.ts';
import type { AnswerOperation, AwsAnswer, Members } from '../answers/aws-answer.ts';
import { declareAnswers } from '../answers/declare-answers.ts';
import type { Declared } from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import { refusal, unanswered, type LiveOperation } from './live-calls.ts';
import { LiveFault, type LiveAccount, type LiveCaller } from './live-caller.ts';
import { readOrganization } from './read-organization.ts';

export interface LiveOptions {
  /** The role of a recorder that does not exist yet, or can't be read: an ARN. */
  readonly role: string | null;
  readonly bucket: string | null;
  readonly key: string | null;
  /** Whether SCPs, RCPs and the organization's ID are read; where not, they count as none. */
  readonly withOrganization: boolean;
}

/** @throws {LiveFault} nothing can be asked, or nothing says what to check */
export async function readLive(callers: readonly LiveCaller[], options: LiveOptions): Promise<Declared> {
  const accounts = await Promise.all(callers.map(accountOf));
  const reading = new Reading(accounts);
  await Promise.all(accounts.map((account) => readDelivery(account, reading)));
  const found = declareAnswers(reading.answers);
  if (found.recorders.length === 0 && options.role === null) throw nothingRecorded(reading, accounts);
  const named = namesIn(found, options);
  await Promise.all([
    ...named.roles.map((arn) => readRole(arn, reading)),
    ...named.buckets.map((name) => readBucket(name, reading)),
    ...named.topics.map((arn) => reading.ask('GetTopicAttributes', { TopicArn: arn }, { about: arn, arn })),
  ]);
  const whole = declareAnswers(reading.answers);
  await Promise.all(keysIn(whole, options, accounts).map((key) => readKey(key, reading)));
  const declared = declareAnswers(reading.answers);
  if (options.withOrganization) {
    const { organization, notes } = await readOrganization(accounts, accountsIn(declared));
    declared.organizations.push(organization);
    declared.notes.push(...notes);
  }
  return declared;
}

async function accountOf(caller: LiveCaller): Promise<LiveAccount> {
  const answer = await caller.call('GetCallerIdentity', {});
  const account = answer.kind === 'answered' ? textAt(answer.value, 'Account') : null;
  if (answer.kind !== 'answered' || account === null)
    throw new LiveFault(
      'live-identity',
      answer.kind === 'failed' ? answer.message : 'AWS does not say whose credentials these are',
      'look at what `aws sts get-caller-identity` prints',
    );
  return { caller, account, arn: textAt(answer.value, 'Arn') ?? account };
}

interface AskAbout {
  readonly about: string;
  /** Whose it is: the ARN's account is asked first. */
  readonly arn?: string;
  readonly region?: string | null;
  /** Only a caller of the owning account can be asked. */
  readonly isOwn?: boolean;
}

class Reading {
  readonly answers: AwsAnswer[] = [];
  readonly accounts: readonly LiveAccount[];

  constructor(accounts: readonly LiveAccount[]) {
    this.accounts = accounts;
  }

  /** Asks whoever may know, the owner first, and keeps the answer. */
  async ask(
    operation: LiveOperation & AnswerOperation,
    input: Members,
    { about, arn, region = null, isOwn = false }: AskAbout,
  ): Promise<Known<Members | null>> {
    const owner = arn === undefined ? null : (parseArn(arn)?.account ?? null);
    const owners = this.accounts.filter(({ account }) => account === owner);
    const asked = isOwn ? owners : [...owners, ...this.accounts.filter((one) => !owners.includes(one))];
    let value: Known<Members | null> = new UnknownValue(
      `none of the profiles is of the account ${owner ?? ''}, whose ${about} is: add it with \`--profile\``,
    );
    let from = this.accounts[0];
    for (const one of asked) {
      const answer = await one.caller.call(operation, input, region ?? regionOf(arn));
      from = one;
      if (answer.kind === 'answered') value = answer.value;
      else if (answer.kind === 'none') value = null;
      else if (answer.kind === 'missing') value = new UnknownValue(`${about} does not exist`);
      else value = unanswered(answer, operation, about, one.arn);
      if (answer.kind === 'answered' || answer.kind === 'none') break;
    }
    if (from !== undefined) this.keep(operation, about, from, value);
    return value;
  }

  keep(operation: AnswerOperation, about: string | null, from: LiveAccount, value: AwsAnswer['value']): void {
    const { account, caller } = from;
    this.answers.push({
      operation,
      about,
      account,
      region: caller.region,
      scope: caller.profile ?? account,
      value,
      origin: (_, address) => ({ address, file: null, locate: () => null }),
    });
  }
}

function regionOf(arn: string | undefined): string | null {
  const region = arn === undefined ? '' : (parseArn(arn)?.region ?? '');
  return region === '' ? null : region;
}

async function readDelivery(account: LiveAccount, reading: Reading): Promise<void> {
  const operations = ['DescribeConfigurationRecorders', 'DescribeDeliveryChannels'] as const;
  await Promise.all(
    operations.map(async (operation) => {
      const answer = await account.caller.call(operation, {});
      const isSilent = answer.kind === 'refused' || answer.kind === 'failed';
      const value = answer.kind === 'answered' ? answer.value : null;
      reading.keep(
        operation,
        null,
        account,
        isSilent ? unanswered(answer, operation, '', account.arn) : value,
      );
    }),
  );
}

function nothingRecorded(reading: Reading, accounts: readonly LiveAccount[]): LiveFault {
  const refused = reading.answers.map(({ value }) => value).find(isUnknown);
  const places = accounts.map(({ account, caller }) => `${account} in ${caller.region}`).join(', ');
  return refused === undefined
    ? new LiveFault(
        'no-recorder',
        `there is no configuration recorder in the account ${places}`,
        'name the Region with `--region`, an account that records with `--profile`, or the role that is to record with `--role`',
      )
    : new LiveFault(
        'live-refused',
        `whether there is a recorder can't be told: ${refused.why}`,
        'grant what `sealpost check --live --dry-run` prints',
      );
}

function namesIn({ recorders, channels }: Declared, options: LiveOptions) {
  const known = (values: readonly unknown[]): readonly string[] => [
    ...new Set(values.filter((value) => typeof value === 'string')),
  ];
  return {
    roles: known([...recorders.map(({ roleARN }) => roleARN), options.role]).filter(
      (arn) => arn.startsWith('arn:') && !arn.includes(':role/aws-service-role/'),
    ),
    buckets: known([...channels.map(({ s3BucketName }) => s3BucketName), options.bucket]),
    topics: known(channels.map(({ snsTopicARN }) => snsTopicARN)),
  };
}

async function readRole(arn: string, reading: Reading): Promise<void> {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const own = { about: name, arn, isOwn: true };
  const input = { RoleName: name };
  const [role, inline, attached] = await Promise.all([
    reading.ask('GetRole', input, own),
    reading.ask('ListRolePolicies', input, own),
    reading.ask('ListAttachedRolePolicies', input, own),
  ]);
  const names = isUnknown(inline) || inline === null ? [] : inline['PolicyNames'];
  const boundary =
    isUnknown(role) || role === null
      ? null
      : textAt(membersAt(membersAt(role, 'Role'), 'PermissionsBoundary'), 'PermissionsBoundaryArn');
  const policies = [
    ...(isUnknown(attached) || attached === null ? [] : listAt(attached, 'AttachedPolicies')).map((item) =>
      textAt(item, 'PolicyArn'),
    ),
    boundary,
  ].filter((policy) => policy !== null);
  await Promise.all([
    ...(Array.isArray(names) ? (names as unknown[]) : []).map((policy) =>
      reading.ask(
        'GetRolePolicy',
        { RoleName: name, PolicyName: policy },
        { ...own, about: `${name}/${String(policy)}` },
      ),
    ),
    // What AWS publishes is carried.
    ...policies
      .filter((policy) => findManagedPolicy(policy) === null)
      .map((policy) => readManagedPolicy(policy, arn, reading)),
  ]);
}

async function readManagedPolicy(arn: string, role: string, reading: Reading): Promise<void> {
  const owner = parseArn(role)?.account;
  const account = reading.accounts.find((one) => one.account === owner);
  if (account === undefined) return;
  const answer = await account.caller.call('GetPolicy', { PolicyArn: arn });
  const version =
    answer.kind === 'answered' ? textAt(membersAt(answer.value, 'Policy'), 'DefaultVersionId') : null;
  if (version === null) {
    reading.keep('GetPolicyVersion', arn, account, refusal('GetPolicy', arn, account.arn));
    return;
  }
  const input = { PolicyArn: arn, VersionId: version };
  await reading.ask('GetPolicyVersion', input, { about: arn, arn: role, isOwn: true });
}

async function readBucket(name: string, reading: Reading): Promise<void> {
  const input = { Bucket: name };
  // Whose it is, no other call says.
  const owner = await ownerOf(name, reading);
  const about = { about: name, ...(owner !== null && { arn: `arn:aws:iam::${owner}:root` }) };
  await Promise.all([
    ...(owner === null ? [reading.ask('GetBucketLocation', input, about)] : []),
    ...(
      [
        'GetBucketPolicy',
        'GetBucketEncryption',
        'GetBucketOwnershipControls',
        'GetObjectLockConfiguration',
        'GetPublicAccessBlock',
      ] as const
    ).map((operation) => reading.ask(operation, input, about)),
  ]);
}

async function ownerOf(name: string, reading: Reading): Promise<string | null> {
  for (const account of reading.accounts) {
    const answer = await account.caller.call('ListBuckets', { Prefix: name });
    if (answer.kind !== 'answered') continue;
    if (!listAt(answer.value, 'Buckets').some((bucket) => bucket['Name'] === name)) continue;
    reading.keep('ListBuckets', name, account, answer.value);
    return account.account;
  }
  return null;
}

interface NamedKey {
  /** As something names it: an ARN, an alias, an ID. */
  readonly name: string;
  readonly account: string | null;
  readonly region: string | null;
}

function keysIn(
  { channels, buckets, topics }: Declared,
  options: LiveOptions,
  [first]: readonly LiveAccount[],
): readonly NamedKey[] {
  const keys: NamedKey[] = [
    ...channels.map(({ s3KmsKeyArn: name, account, region }) => ({ name, account, region })),
    ...buckets.map(({ settings: { encryption }, account, region }) => ({
      name: encryption == null || isUnknown(encryption) ? null : encryption.kmsMasterKeyID,
      account,
      region,
    })),
    ...topics.map(({ kmsMasterKeyId: name, account, region }) => ({ name, account, region })),
    { name: options.key, account: first?.account ?? null, region: first?.caller.region ?? null },
  ].flatMap(({ name, ...place }) =>
    typeof name === 'string' && !name.includes('alias/aws/') ? [{ name, ...place }] : [],
  );
  return [...new Map(keys.map((key) => [key.name, key])).values()];
}

async function readKey({ name, account, region }: NamedKey, reading: Reading): Promise<void> {
  const arn = name.startsWith('arn:') ? name : `arn:aws:kms:${region ?? ''}:${account ?? ''}:${name}`;
  const described = await reading.ask('DescribeKey', { KeyId: name }, { about: name, arn });
  const metadata = isUnknown(described) || described === null ? {} : membersAt(described, 'KeyMetadata');
  const keyArn = textAt(metadata, 'Arn') ?? name;
  const input = { KeyId: keyArn };
  const about = { about: keyArn, arn: keyArn.startsWith('arn:') ? keyArn : arn };
  await Promise.all([
    reading.ask('GetKeyPolicy', { ...input, PolicyName: 'default' }, about),
    reading.ask('ListGrants', input, about),
  ]);
}

/** Every account that takes part. */
function accountsIn({ recorders, buckets, keys, topics }: Declared): readonly string[] {
  const accounts = [...recorders, ...buckets, ...keys, ...topics].map(({ account }) => account);
  return [...new Set(accounts.filter((account) => account !== null))];
}
