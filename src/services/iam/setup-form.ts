/**
 * Roles and users to and from the setup document: what `--setup` lays out and what `/_sealpost/setup` shows. Written
 * straight to the store, so that a setup which AWS would refuse to store can be tried, too.
 * spec: IAMAPI-SETUP-1
 */
import { parseAccountId } from '../../aws/account-id.ts';
import type { World } from '../operation.ts';
import { put, type Change, type Records, type Stored } from '../records.ts';
import { newUniqueId } from './identifiers.ts';
import { iamArn, parseIamArn, type IamArn } from './iam-arn.ts';
import { defaultDocument, findPolicy } from './managed-policies.ts';
import {
  groups,
  nameKey,
  policies,
  roles,
  users,
  type EntityRecord,
  type IdentityRecord,
  type PolicyRecord,
  type RoleRecord,
} from './ports.ts';

/** A role or user of a setup, its policies resolved to objects. */
export interface IdentityEntry {
  readonly arn: string;
  readonly policies?:
    readonly { readonly name?: string | undefined; readonly document: unknown }[] | null | undefined;
  readonly managedPolicies?:
    readonly { readonly arn: string; readonly document?: unknown }[] | null | undefined;
  /** A policy, or the ARN of a managed one. */
  readonly permissionsBoundary?: unknown;
}

export interface RoleEntry extends IdentityEntry {
  readonly trustPolicy?: unknown;
}

/**
 * The changes that store roles and users with the managed policies whose content they give. A policy that several
 * carry is stored once.
 *
 * @throws {RangeError} an ARN is not of its kind, or two give different contents for one managed policy
 */
export function layOutIdentities(
  {
    roles: roleList,
    users: userList,
  }: { readonly roles: readonly RoleEntry[]; readonly users: readonly IdentityEntry[] },
  world: World,
): readonly Change[] {
  const changes = [
    ...roleList.flatMap((entry) => layOutRole(entry, world)),
    ...userList.flatMap((entry) => layOutUser(entry, world)),
  ];
  const once = new Map<string, Change>();
  for (const change of changes) {
    const name = `${change.collection.name} ${change.key}`;
    const earlier = once.get(name);
    if (earlier !== undefined && !isSamePolicy(earlier, change)) {
      throw new RangeError(
        `${change.key.replace('/', ' ')} stands twice in the setup, with different contents`,
      );
    }
    if (earlier === undefined) once.set(name, change);
  }
  return [...once.values()];
}

function isSamePolicy(one: Change, other: Change): boolean {
  if (one.kind !== 'put' || other.kind !== 'put' || one.collection.name !== policies.name) return false;
  // `layOutPolicy` made both.
  const [a, b] = [one.value as PolicyRecord, other.value as PolicyRecord];
  return a.arn === b.arn && defaultDocument(a) === defaultDocument(b);
}

/** The changes that store this role with its customer managed policies. @throws {RangeError} its ARN is no role's */
export function layOutRole(entry: RoleEntry, world: World): readonly Change[] {
  const { record, along } = identityOf(entry, 'role', world);
  const role: RoleRecord = {
    ...record,
    id: newUniqueId(world, 'AROA'),
    trustPolicy: JSON.stringify(entry.trustPolicy ?? { Version: '2012-10-17', Statement: [] }),
    description: null,
    maxSessionSeconds: 3600,
  };
  return [put(roles, nameKey(role.account, role.name), role), ...along];
}

/** The changes that store this user with its customer managed policies. @throws {RangeError} its ARN is no user's */
export function layOutUser(entry: IdentityEntry, world: World): readonly Change[] {
  const { record, along } = identityOf(entry, 'user', world);
  const user = { ...record, id: newUniqueId(world, 'AIDA') };
  return [put(users, nameKey(user.account, user.name), user), ...along];
}

/** Every role as an entry of a setup, in the order of account and name. */
export async function roleEntries(records: Records): Promise<readonly RoleEntry[]> {
  const all = await records.list(roles, { limit: Infinity });
  return await Promise.all(
    all.map(async ({ value }) => ({
      arn: value.arn,
      trustPolicy: JSON.parse(value.trustPolicy) as unknown,
      ...(await identityEntry(records, value, [])),
    })),
  );
}

/** Every user as an entry of a setup; what its groups give it stands among its own policies. */
export async function userEntries(records: Records): Promise<readonly IdentityEntry[]> {
  const all = await records.list(users, { limit: Infinity });
  return await Promise.all(
    all.map(async ({ value }) => {
      const inGroups = await records.find(groups, 'member', nameKey(value.account, value.name));
      return { arn: value.arn, ...(await identityEntry(records, value, inGroups)) };
    }),
  );
}

async function identityEntry(
  records: Records,
  record: IdentityRecord,
  inGroups: readonly Stored<EntityRecord>[],
) {
  const bearers: readonly EntityRecord[] = [record, ...inGroups.map(({ value }) => value)];
  const attached = [...new Set(bearers.flatMap((bearer) => bearer.attachedPolicies))];
  const boundary = record.permissionsBoundary;
  return {
    policies: bearers.flatMap((bearer) =>
      bearer.inlinePolicies.map(({ name, document }) => ({
        name,
        document: JSON.parse(document) as unknown,
      })),
    ),
    managedPolicies: await Promise.all(
      attached.map(async (arn) => {
        const document = await customerDocument(records, arn);
        return document === null ? { arn } : { arn, document };
      }),
    ),
    permissionsBoundary: boundary === null ? null : ((await customerDocument(records, boundary)) ?? boundary),
  };
}

async function customerDocument(records: Records, arn: string): Promise<unknown> {
  const found = await findPolicy(records, arn);
  return found === null ? null : (JSON.parse(defaultDocument(found.value)) as unknown);
}

function identityOf(entry: IdentityEntry, kind: 'role' | 'user', world: World) {
  const parts = parseIamArn(entry.arn);
  const account = parseAccountId(parts?.account ?? '');
  if (parts?.kind !== kind || account === null)
    throw new RangeError(`${entry.arn} is not the ARN of a ${kind}`);
  const managed = entry.managedPolicies ?? [];
  const boundary = boundaryOf(entry, parts);
  const customers = [...managed, ...(boundary === null ? [] : [boundary])].filter(
    (policy) => policy.document !== undefined,
  );
  const record = {
    account,
    partition: parts.partition,
    path: parts.path,
    name: parts.name,
    arn: entry.arn,
    createdAtMillis: world.nowMillis(),
    inlinePolicies: (entry.policies ?? [])
      .map(({ name, document }, i) => ({
        name: name ?? `policy-${String(i + 1)}`,
        document: JSON.stringify(document),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    attachedPolicies: managed.map(({ arn }) => arn),
    permissionsBoundary: boundary?.arn ?? null,
    tags: [],
  };
  return { record, along: customers.map((policy) => layOutPolicy(policy, world)) };
}

/** A boundary that stands in the setup as a policy becomes a managed policy, as IAM has no other kind. */
function boundaryOf({ permissionsBoundary: boundary }: IdentityEntry, bearer: IamArn) {
  if (boundary === undefined || boundary === null) return null;
  if (typeof boundary === 'string') return { arn: boundary, document: undefined };
  const name = `boundary-of-${bearer.kind}-${bearer.name}`;
  return { arn: iamArn({ ...bearer, kind: 'policy', path: '/', name }), document: boundary };
}

function layOutPolicy({ arn, document }: { arn: string; document?: unknown }, world: World): Change {
  const parts = parseIamArn(arn);
  const account = parts?.account === 'aws' ? 'aws' : parseAccountId(parts?.account ?? '');
  if (parts?.kind !== 'policy' || account === null)
    throw new RangeError(`${arn} is not the ARN of a managed policy`);
  const createdAtMillis = world.nowMillis();
  const record: PolicyRecord = {
    account,
    partition: parts.partition,
    path: parts.path,
    name: parts.name,
    id: newUniqueId(world, 'ANPA'),
    arn,
    description: null,
    createdAtMillis,
    updatedAtMillis: createdAtMillis,
    versions: [{ id: 'v1', document: JSON.stringify(document), createdAtMillis }],
    defaultVersionId: 'v1',
    nextVersion: 2,
    tags: [],
  };
  return put(policies, nameKey(account, parts.name), record);
}
