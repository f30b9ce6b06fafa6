/**
 * Setups of what inputs declare: policies are joined to what they belong to, and what is not known stays unknown.
 * A value that is known only later never counts as absent.
 * spec: INPUT-UNKNOWN-1, INPUT-UNKNOWN-2, INPUT-DEFAULT-1, INPUT-PAIR-1
 */
import { parseArn } from '../../aws/arn.ts';
import { defaultKeyPolicy } from '../aws-policies.ts';
import type { ReadSetup } from '../loaded-setup.ts';
import type { BucketEntry } from '../schema.ts';
import type {
  BucketSettings,
  Declared,
  DeclaredBucket,
  DeclaredChannel,
  DeclaredExclusive,
  DeclaredKey,
  DeclaredMember,
  DeclaredPolicy,
  DeclaredRecorder,
  DeclaredRole,
  DeclaredTopic,
} from './declared.ts';
import { placeholderArn } from './placeholder.ts';
import { setupDraft, type SetupDraft } from './setup-draft.ts';
import { isUnknown, knownOr, UnknownValue, type Known } from './unknown-value.ts';

/** The recorder and the channel as a setup has them. */
export interface Delivery {
  readonly recorder: DeclaredRecorder & {
    readonly account: string;
    readonly region: string;
    readonly roleARN: string;
  };
  readonly channel: DeclaredChannel & {
    readonly s3BucketName: string;
    readonly s3KeyPrefix: string | null;
  };
}

/** The setup of one delivery with everything that is declared around it. */
export function assembleSetup(declared: Declared, { recorder, channel }: Delivery): ReadSetup {
  const draft = setupDraft();
  const notes: string[] = [...declared.notes];
  const parts: Parts = {
    declared,
    draft,
    notes,
    note: (text) => {
      if (!notes.includes(text)) notes.push(text);
    },
  };
  const { account, region } = recorder;
  const role = declared.roles.find(({ arn }) => arn === recorder.roleARN);
  // spec: INPUT-CLOSED-1
  if (role !== undefined && role.isWhole !== true)
    parts.note(`${role.origin.address} has no policies but those declared here`);
  const unknownTopic = placeholderArn('sns', account, region, 'known-after-apply');
  const organization = organizationEntry(parts);
  const setup = {
    ...(organization !== undefined && { organization }),
    recorder: draft.from({ account, region, roleARN: recorder.roleARN }, recorder.origin),
    deliveryChannel: draft.from(
      {
        s3BucketName: channel.s3BucketName,
        s3KeyPrefix: channel.s3KeyPrefix,
        s3KmsKeyArn: knownOr(channel.s3KmsKeyArn, unknownKeyArn(account, region)),
        snsTopicARN: knownOr(channel.snsTopicARN, unknownTopic),
      },
      channel.origin,
    ),
    roles: declared.roles.map((role) => roleEntry(role, parts)),
    buckets: bucketEntries(parts),
    keys: keyEntries(parts),
    topics: declared.topics.map((topic) => topicEntry(topic, parts)),
  };
  return draft.load(setup, recorder.origin.file, notes);
}

interface Parts {
  readonly declared: Declared;
  readonly draft: SetupDraft;
  readonly notes: readonly string[];
  readonly note: (text: string) => void;
}

/** A key that is in no setup: whatever asks for it is unknown. */
function unknownKeyArn(account: string, region: string): string {
  return placeholderArn('kms', account, region, 'key/known-after-apply');
}

/** The policy's own object with its place, or `undefined`, which a setup takes for "not given". */
function policyValue(
  policy: Known<DeclaredPolicy>,
  what: string,
  { draft, note }: Parts,
): Readonly<Record<string, unknown>> | undefined {
  if (!isUnknown(policy)) return draft.from(structuredClone(policy.document), policy.origin);
  note(`${what} is not known: ${policy.why}`);
  return undefined;
}

function roleEntry(role: DeclaredRole, parts: Parts): Record<string, unknown> {
  const { declared, draft, note } = parts;
  const arn = parseArn(role.arn);
  const name = role.arn.slice(role.arn.lastIndexOf('/') + 1);
  const account = arn?.account ?? '';
  const isOfRole = (of: { readonly role: Known<string>; readonly account: string | null }): boolean =>
    (of.account === null || of.account === account) &&
    (isUnknown(of.role) || of.role === name || of.role === role.arn);
  const given = declared.rolePolicies.filter(isOfRole);
  // A policy of the same name takes the place of the role's own.
  const replaced = new Set(given.filter((of) => !isUnknown(of.role)).map((of) => of.name));
  const exclusives = declared.exclusives.filter(isOfRole);
  /** Whether an exclusive list takes it away; one that is not known in part may list it. */
  const isTaken = (kind: DeclaredExclusive['kind'], policyName: string): boolean =>
    exclusives.some(
      (list) =>
        list.kind === kind &&
        !isUnknown(list.role) &&
        !list.only.some((listed) => isUnknown(listed) || listed === policyName),
    );
  const inline = [...role.policies.filter((own) => !replaced.has(own.name)), ...given].filter(
    (own) => !isTaken('inline', own.name),
  );
  const policies: unknown[] = [];
  const managed = new Map<string, unknown>();
  /** A policy that the role has, or may have, and whose content nobody knows. */
  const addUnknown = (what: string): void => {
    const unknownArn = `arn:${arn?.partition ?? 'aws'}:iam::${account}:policy/not-known/${what.replaceAll(/[^\w+=,.@-]/g, '-')}`;
    managed.set(unknownArn, { arn: unknownArn });
  };
  for (const { name: policyName, policy, ...rest } of inline) {
    const owner = 'role' in rest ? (rest.role as Known<string>) : name;
    if (isUnknown(owner)) note(`${policyName}: whose policy it is is not known (${owner.why})`);
    const document = isUnknown(owner)
      ? undefined
      : policyValue(policy, `the inline policy ${policyName}`, parts);
    if (document === undefined) addUnknown(policyName);
    else policies.push({ name: policyName, document });
  }
  const attached = [
    ...role.managedPolicies,
    ...declared.attachments
      .filter(isOfRole)
      .map((attachment) => (isUnknown(attachment.role) ? attachment.role : attachment.policyArn)),
  ];
  for (const policyArn of attached) {
    if (isUnknown(policyArn)) {
      note(`a managed policy of ${role.origin.address} is not known: ${policyArn.why}`);
      addUnknown('attachment');
    } else if (!managed.has(policyArn) && !isTaken('attached', policyArn)) {
      managed.set(policyArn, managedEntry(policyArn, parts));
    }
  }
  const trustPolicy = policyValue(role.trustPolicy, `the trust policy of ${role.origin.address}`, parts);
  return draft.from(
    {
      arn: role.arn,
      ...(trustPolicy !== undefined && { trustPolicy }),
      policies,
      managedPolicies: [...managed.values()],
      permissionsBoundary: boundaryOf(role, account, parts),
    },
    role.origin,
  );
}

function managedEntry(arn: string, parts: Parts): Record<string, unknown> {
  const found = parts.declared.managedPolicies.find((policy) => policy.arn === arn);
  const document =
    found === undefined ? undefined : policyValue(found.policy, `the managed policy ${arn}`, parts);
  return document === undefined ? { arn } : { arn, document };
}

function boundaryOf({ permissionsBoundary, origin }: DeclaredRole, account: string, parts: Parts): unknown {
  if (permissionsBoundary === null) return null;
  if (isUnknown(permissionsBoundary)) {
    parts.note(`the permissions boundary of ${origin.address} is not known: ${permissionsBoundary.why}`);
    return `arn:aws:iam::${account}:policy/not-known/permissions-boundary`;
  }
  const { document } = managedEntry(permissionsBoundary, parts);
  return document ?? permissionsBoundary;
}

function bucketEntries(parts: Parts): readonly unknown[] {
  const { declared, draft, note } = parts;
  const names = new Set([
    ...declared.buckets.map(({ name }) => name),
    ...declared.bucketParts.flatMap(({ bucket }) => (isUnknown(bucket) ? [] : [bucket])),
  ]);
  return [...names].map((name) => {
    const owns = declared.buckets.filter((bucket) => bucket.name === name);
    const own = owns[0] ?? null;
    const said = declared.bucketParts.filter(({ bucket }) => bucket === name);
    const settings: BucketSettings = {
      ...agreed(
        owns.map((bucket) => bucket.settings),
        name,
      ),
      ...agreed(
        said.map((part) => part.settings),
        name,
      ),
    };
    const vague = declared.bucketParts.filter(({ bucket }) => isUnknown(bucket));
    // A part of nobody knows which bucket may be this one's. spec: INPUT-UNKNOWN-2
    const open: BucketSettings = Object.fromEntries(
      vague.flatMap(({ bucket, settings: of }) =>
        Object.keys(of)
          .filter((member) => !said.some((part) => member in part.settings))
          .map((member) => [member, bucket]),
      ),
    );
    for (const { origin, bucket } of vague)
      if (isUnknown(bucket)) note(`${origin.address}: whose bucket it is about is not known (${bucket.why})`);
    const origin = own?.origin ?? said[0]?.origin;
    // spec: INPUT-CLOSED-1
    if ((settings.policy ?? null) === null && !('policy' in open) && own !== null && own.isWhole !== true)
      note(`${own.origin.address} has no policy: nothing here declares one`);
    const entry = bucketEntry(name, own, { ...settings, ...open }, parts);
    return origin === undefined ? entry : draft.from(entry, origin);
  });
}

/** What several parts say otherwise of a bucket is not known: it has only one of each. spec: INPUT-UNKNOWN-2 */
function agreed(parts: readonly BucketSettings[], bucket: string): BucketSettings {
  const all = parts.reduce((before, part) => ({ ...before, ...part }), {});
  const disputed = Object.keys(all).filter((member) => {
    const name = member as keyof BucketSettings;
    const values = parts.flatMap((part) => (name in part ? [sameText(part[name])] : []));
    return new Set(values).size > 1;
  });
  const why = new UnknownValue(`several resources give it to the bucket ${bucket}, and only one lasts`);
  return { ...all, ...Object.fromEntries(disputed.map((member) => [member, why])) };
}

/** A policy is what it says, wherever it stands. */
function sameText(value: unknown): string {
  return JSON.stringify(value, (member, inner: unknown) => (member === 'origin' ? undefined : inner));
}

function bucketEntry(
  name: string,
  own: DeclaredBucket | null,
  settings: BucketSettings,
  parts: Parts,
): Record<string, unknown> {
  const { note } = parts;
  const address = own?.origin.address ?? name;
  const { policy, encryption, objectOwnership, objectLock, publicAccessBlock } = settings;
  const told = <T>(value: Known<T> | undefined, what: string): T | undefined => {
    if (!isUnknown(value)) return value;
    note(`${what} of ${address} is not known: ${value.why}`);
    return undefined;
  };
  // A setup can't say that the lock is unknown. Without its policy the bucket settles nothing, which is the truth.
  const isLockUnknown = isUnknown(objectLock);
  if (isLockUnknown)
    note(`the object lock of ${address} is not known, so nothing of it is judged: ${objectLock.why}`);
  return withoutUndefined({
    name,
    account: own?.account ?? undefined,
    region: own?.region ?? undefined,
    policy: isLockUnknown
      ? undefined
      : policy === null || policy === undefined
        ? policy
        : policyValue(policy, `the policy of ${address}`, parts),
    // Missing would mean SSE-S3, which is a guess that asks no key: a key that nobody knows is unknown instead.
    encryption: isUnknown(encryption)
      ? {
          sseAlgorithm: 'aws:kms',
          kmsMasterKeyID: unknownKeyArn(own?.account ?? '000000000000', own?.region ?? 'us-east-1'),
        }
      : encryption,
    objectOwnership: told(objectOwnership, 'the object ownership') satisfies
      BucketEntry['objectOwnership'] | undefined,
    objectLock: isLockUnknown ? undefined : objectLock,
    publicAccessBlock: told(publicAccessBlock, 'the public access block'),
  });
}

function keyEntries(parts: Parts): readonly unknown[] {
  const { declared, draft } = parts;
  const known = new Set(declared.keys.map(({ arn }) => arn));
  const others = declared.keyPolicies.flatMap(({ key, policy, origin }) =>
    isUnknown(key) || !key.startsWith('arn:') || known.has(key)
      ? []
      : [
          draft.from(
            withoutUndefined({ arn: key, policy: policyValue(policy, `the policy of ${key}`, parts) }),
            origin,
          ),
        ],
  );
  return [...declared.keys.map((key) => keyEntry(key, parts)), ...others];
}

/** What a grant that nobody knows may let a delivery do. */
const deliveryOperations: readonly string[] = ['GenerateDataKey', 'Decrypt'];

function keyEntry(key: DeclaredKey, parts: Parts): Record<string, unknown> {
  const { declared, draft, note } = parts;
  const isThis = (name: Known<string>): boolean =>
    name === key.arn || name === key.arn.slice(key.arn.lastIndexOf('/') + 1);
  const separate = declared.keyPolicies.filter(({ key: name }) => isThis(name));
  const vague = declared.keyPolicies.find(({ key: name }) => isUnknown(name));
  const grants = declared.grants.filter(({ key: of }) => isThis(of) || isUnknown(of));
  for (const { grant, key: name, origin } of grants) {
    const unknown = isUnknown(grant) ? grant : isUnknown(name) ? name : null;
    if (unknown !== null)
      note(`a grant on ${key.origin.address} is not known (${origin.address}): ${unknown.why}`);
  }
  return draft.from(
    withoutUndefined({
      arn: key.arn,
      policy: keyPolicy(),
      keyState: knownOr(key.keyState, 'Enabled'),
      aliases: declared.aliases.flatMap(({ name, key: of }) =>
        isThis(of) && !isUnknown(name) ? [name] : [],
      ),
      grants: grants.map(({ key: of, grant }) =>
        isUnknown(of) || isUnknown(grant)
          ? { operations: isUnknown(grant) ? deliveryOperations : grant.operations }
          : grant,
      ),
    }),
    key.origin,
  );

  function keyPolicy(): unknown {
    const what = `the policy of ${key.origin.address}`;
    if (isUnknown(key.keyState)) {
      note(
        `whether ${key.origin.address} is enabled is not known, so nothing of it is judged: ${key.keyState.why}`,
      );
      return undefined;
    }
    const [policy, other] = separate;
    if (policy !== undefined && other !== undefined && sameText(policy.policy) !== sameText(other.policy)) {
      note(`${what} is not known: ${policy.origin.address} and ${other.origin.address} both give it one`);
      return undefined;
    }
    if (policy !== undefined) return policyValue(policy.policy, what, parts);
    if (vague !== undefined && isUnknown(vague.key)) {
      note(`${what} is not known: ${vague.origin.address} may be it (${vague.key.why})`);
      return undefined;
    }
    if (key.policy !== null) return policyValue(key.policy, what, parts);
    // spec: INPUT-DEFAULT-1
    note(`${key.origin.address} has the default key policy`);
    const arn = parseArn(key.arn);
    return defaultKeyPolicy(arn?.partition ?? 'aws', arn?.account ?? '');
  }
}

/** `undefined`: nothing says whether there is one. What several inputs say of one organization is joined. */
function organizationEntry({ declared, draft }: Parts): unknown {
  const [first] = declared.organizations;
  const known = declared.organizations.filter((found) => found !== null);
  const [own] = known;
  if (own === undefined) return first;
  const accounts = new Map<string, DeclaredMember>();
  for (const account of known.flatMap((found) => (found.id === own.id ? found.accounts : [])))
    accounts.set(account.id, { ...accounts.get(account.id), ...account });
  const management = known.find((found) => found.managementAccount !== null)?.managementAccount;
  return draft.from(
    withoutUndefined({
      id: own.id,
      managementAccount: management ?? undefined,
      accounts: [...accounts.values()],
    }),
    own.origin,
  );
}

function topicEntry(topic: DeclaredTopic, parts: Parts): Record<string, unknown> {
  const { declared, draft, note } = parts;
  const what = `the policy of ${topic.origin.address}`;
  const separate = declared.topicPolicies.find(({ topic: arn }) => arn === topic.arn || isUnknown(arn));
  const policy = separate === undefined || isUnknown(separate.topic) ? topic.policy : separate.policy;
  if (policy === null) note(`${what} is SNS's default, which is not judged`);
  const isVague = separate !== undefined && isUnknown(separate.topic);
  return draft.from(
    withoutUndefined({
      arn: topic.arn,
      policy: policy === null || isVague ? undefined : policyValue(policy, what, parts),
      kmsMasterKeyId: knownOr(
        topic.kmsMasterKeyId,
        unknownKeyArn(topic.account ?? '000000000000', topic.region ?? 'us-east-1'),
      ),
    }),
    topic.origin,
  );
}

function withoutUndefined(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}
