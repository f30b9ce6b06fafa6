/**
 * What binds an account: the policies attached at each level from the root down to it. AWS's management account is
 * bound by none.
 * spec: ORG-EFFECT-1, ORG-EFFECT-2
 */
import type { AccountId } from '../../aws/account-id.ts';
import type { StoredPolicy } from '../operation.ts';
import type { Records } from '../records.ts';
import { policyArn } from './arns.ts';
import { allPolicies } from './policies.ts';
import {
  organizationTreeKey,
  organizationTrees,
  type OrganizationRecord,
  type PolicyRecord,
  type PolicyTypeName,
} from './ports.ts';
import { attachedTo, chainOf, pathOf } from './tree.ts';

export interface AccountLevels {
  readonly id: string;
  readonly path: string;
  readonly managementAccount: AccountId;
  /** `null`: the type is not enabled, or the account is the management account. */
  readonly serviceControl: readonly (readonly StoredPolicy[])[] | null;
  readonly resourceControl: readonly (readonly StoredPolicy[])[] | null;
}

/** `null`: the account is no member. Reads what was committed before the call. */
export async function accountLevels(records: Records, account: string): Promise<AccountLevels | null> {
  const tree = (await records.get(organizationTrees, organizationTreeKey))?.value;
  if (tree === undefined || !Object.hasOwn(tree.accounts, account)) return null;
  const isBound = account !== tree.managementAccount && tree.enabledPolicyTypes.length > 0;
  const policies = isBound ? await allPolicies({ records }) : [];
  const levels = (type: PolicyTypeName) =>
    isBound && tree.enabledPolicyTypes.includes(type) ? levelsOf(account, type, { tree, policies }) : null;
  return {
    id: tree.id,
    path: pathOf(account, tree),
    managementAccount: tree.managementAccount,
    serviceControl: levels('SERVICE_CONTROL_POLICY'),
    resourceControl: levels('RESOURCE_CONTROL_POLICY'),
  };
}

/** The members of the organization, with what binds each; `null`: there is no organization. */
export async function allAccountLevels(records: Records): Promise<{
  readonly id: string;
  readonly managementAccount: AccountId;
  readonly accounts: readonly (AccountLevels & { readonly account: string })[];
} | null> {
  const tree = (await records.get(organizationTrees, organizationTreeKey))?.value;
  if (tree === undefined) return null;
  const accounts = await Promise.all(
    Object.keys(tree.accounts)
      .sort()
      .map(async (account) => {
        const levels = await accountLevels(records, account);
        return levels === null ? [] : [{ ...levels, account }];
      }),
  );
  return { id: tree.id, managementAccount: tree.managementAccount, accounts: accounts.flat() };
}

function levelsOf(
  account: string,
  type: PolicyTypeName,
  { tree, policies }: { readonly tree: OrganizationRecord; readonly policies: readonly PolicyRecord[] },
): readonly (readonly StoredPolicy[])[] {
  return chainOf(account, tree).map((id) =>
    policies
      .filter((policy) => policy.type === type && attachedTo(id, tree).includes(policy.id))
      .map((policy) => stored(policy, id, tree)),
  );
}

function stored(policy: PolicyRecord, targetId: string, tree: OrganizationRecord): StoredPolicy {
  const kind = policy.type === 'SERVICE_CONTROL_POLICY' ? 'service' : 'resource';
  return {
    text: policy.content,
    arn: policyArn(policy, tree),
    label: `the ${kind} control policy "${policy.name}" of ${targetId}`,
  };
}
