/**
 * The policies that apply to a caller for what it is: inline and attached ones, a user's groups', the boundary.
 * spec: IAMAPI-POLICIES-1, IAMAPI-POLICIES-2
 */
import { findManagedPolicy } from '../../aws/managed-policies/managed-policy.ts';
import type { Principal } from '../../policy/principal.ts';
import type { StoredPolicy } from '../operation.ts';
import type { Records } from '../records.ts';
import { role, user } from './entity-kind.ts';
import { findEntityByArn } from './find-entity.ts';
import { defaultDocument, findPolicy } from './managed-policies.ts';
import { groups, nameKey, type EntityRecord, type IdentityRecord } from './ports.ts';

/** A policy with its text, or the knowledge that there is one whose text is not known here. */
export type AppliedPolicy =
  | { readonly kind: 'stored'; readonly policy: StoredPolicy }
  | { readonly kind: 'unknown'; readonly arn: string; readonly label: string; readonly why: string };

export interface AppliedPolicies {
  readonly identity: readonly AppliedPolicy[];
  /** `null`: no permissions boundary. */
  readonly boundary: AppliedPolicy | null;
}

const none: AppliedPolicies = { identity: [], boundary: null };

/** Of whoever is no user and no role, or does not exist any more: none. Reads what was committed before the call. */
export async function identityPoliciesOf(records: Records, principal: Principal): Promise<AppliedPolicies> {
  switch (principal.kind) {
    case 'role-session':
      return await rolePolicies(records, principal.roleArn, principal.roleUniqueId);
    case 'user':
      return await userPolicies(records, principal.arn, principal.uniqueId);
    case 'federated-user':
      return principal.userArn === null ? none : await userPolicies(records, principal.userArn, null);
    case 'account-root':
    case 'service':
    case 'federated':
    case 'anonymous':
      return none;
  }
}

async function rolePolicies(records: Records, arn: string, id: string | null): Promise<AppliedPolicies> {
  const found = await findEntityByArn(records, role, arn);
  // A role that was deleted and made anew is another principal: the old one's sessions can do nothing.
  if (found === null || (id !== null && id !== found.value.id)) return none;
  return await ownPolicies(records, found.value, 'role');
}

async function userPolicies(records: Records, arn: string, id: string | null): Promise<AppliedPolicies> {
  const found = await findEntityByArn(records, user, arn);
  if (found === null || (id !== null && id !== found.value.id)) return none;
  const { account, name } = found.value;
  const own = await ownPolicies(records, found.value, 'user');
  const inGroups = await records.find(groups, 'member', nameKey(account, name));
  const ofGroups = await Promise.all(inGroups.map(({ value }) => identityPolicies(records, value, 'group')));
  return { ...own, identity: [...own.identity, ...ofGroups.flat()] };
}

async function ownPolicies(
  records: Records,
  record: IdentityRecord,
  word: 'role' | 'user',
): Promise<AppliedPolicies> {
  const { permissionsBoundary: arn } = record;
  return {
    identity: await identityPolicies(records, record, word),
    boundary:
      arn === null
        ? null
        : await managedPolicy(records, arn, `the permissions boundary of the ${word} ${record.name}`),
  };
}

async function identityPolicies(
  records: Records,
  record: EntityRecord,
  word: string,
): Promise<AppliedPolicy[]> {
  const inline = record.inlinePolicies.map(({ name, document }): AppliedPolicy => {
    const label = `the inline policy "${name}" of the ${word} ${record.name}`;
    return { kind: 'stored', policy: { text: document, arn: record.arn, label } };
  });
  const attached = record.attachedPolicies.map((arn) => {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    return managedPolicy(records, arn, `the managed policy "${name}" of the ${word} ${record.name}`);
  });
  return [...inline, ...(await Promise.all(attached))];
}

async function managedPolicy(records: Records, arn: string, label: string): Promise<AppliedPolicy> {
  const found = await findPolicy(records, arn);
  const text = found === null ? awsDocument(arn) : defaultDocument(found.value);
  if (text === null) return { kind: 'unknown', arn, label, why: `the content of ${arn} is not known here` };
  return { kind: 'stored', policy: { text, arn, label } };
}

/** The text of an AWS managed policy, written once: some are long, and they are asked for with every request. */
export function awsDocument(arn: string): string | null {
  const known = awsDocuments.get(arn);
  if (known !== undefined) return known;
  const policy = findManagedPolicy(arn);
  if (policy === null) return null;
  const text = JSON.stringify(policy.document);
  awsDocuments.set(arn, text);
  return text;
}

const awsDocuments = new Map<string, string>();
