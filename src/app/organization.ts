/**
 * What an account's organization means for it: one that a setup laid out, which changes only with a setup, or the one
 * that was made by requests.
 * spec: ORG-SETUP-1
 */
import { parseAccountId } from '../aws/account-id.ts';
import type { AccountPolicies, CallerPolicy } from '../server/ports.ts';
import type { StoredPolicy } from '../services/operation.ts';
import { accountLevels, allAccountLevels } from '../services/organizations/levels.ts';
import { collection, type Records } from '../services/records.ts';
import type { Organization } from '../setup/schema.ts';

export const organizations = collection<Organization>('organizations.organizations');
export const organizationKey = 'organization';

const none: AccountPolicies = { organization: null, serviceControl: null, resourceControl: null };

/** What an account's place in the organization means for requests of and to it. */
export async function accountPoliciesOf(records: Records, account: string): Promise<AccountPolicies> {
  const organization = (await records.get(organizations, organizationKey))?.value;
  if (organization === undefined) return await madeByRequests(records, account);
  const entry = organization.accounts?.find(({ id }) => id === account);
  const managementAccount = parseAccountId(organization.managementAccount ?? '');
  if (entry === undefined && managementAccount !== account) return none;
  const isManagement = managementAccount === account;
  const levels = (policies: readonly (readonly unknown[])[] | undefined, kind: string) =>
    isManagement || policies === undefined || policies.length === 0
      ? null
      : policies.map((level, depth) =>
          level.map((policy, index) => stored(policy, { account, kind, depth, index })),
        );
  return {
    organization: { id: organization.id, path: entry?.path ?? `${organization.id}/`, managementAccount },
    serviceControl: levels(entry?.serviceControlPolicies, 'service control policy'),
    resourceControl: levels(entry?.resourceControlPolicies, 'resource control policy'),
  };
}

async function madeByRequests(records: Records, account: string): Promise<AccountPolicies> {
  const levels = await accountLevels(records, account);
  if (levels === null) return none;
  const { id, path, managementAccount, serviceControl, resourceControl } = levels;
  return {
    organization: { id, path, managementAccount },
    serviceControl: asCallerPolicies(serviceControl),
    resourceControl: asCallerPolicies(resourceControl),
  };
}

function asCallerPolicies(
  levels: readonly (readonly StoredPolicy[])[] | null,
): readonly (readonly CallerPolicy[])[] | null {
  return levels?.map((level) => level.map((policy) => ({ kind: 'stored', policy }) as const)) ?? null;
}

/** The organization in the form of a setup; `null`: there is none. spec: ORG-SETUP-1 */
export async function organizationEntry(records: Records): Promise<Organization | null> {
  const laidOut = await records.get(organizations, organizationKey);
  if (laidOut !== null) return laidOut.value;
  const made = await allAccountLevels(records);
  if (made === null) return null;
  return {
    id: made.id,
    managementAccount: made.managementAccount,
    accounts: made.accounts.map(({ account, path, serviceControl, resourceControl }) => ({
      id: account,
      path,
      serviceControlPolicies: documents(serviceControl),
      resourceControlPolicies: documents(resourceControl),
    })),
  };
}

function documents(levels: readonly (readonly StoredPolicy[])[] | null): PolicyDocuments {
  // Stored only once it parsed as a policy.
  return (levels ?? []).map((level) => level.map(({ text }) => JSON.parse(text) as PolicyDocuments[0][0]));
}

type PolicyDocuments = NonNullable<NonNullable<Organization['accounts']>[number]['serviceControlPolicies']>;

function stored(
  policy: unknown,
  of: { readonly account: string; readonly kind: string; readonly depth: number; readonly index: number },
): CallerPolicy {
  const place = `level ${of.depth + 1}, policy ${of.index + 1}`;
  return {
    kind: 'stored',
    policy: {
      text: JSON.stringify(policy),
      arn: `arn:aws:organizations::${of.account}:policy/${of.depth}/${of.index}`,
      label: `the ${of.kind} of account ${of.account} (${place})`,
    },
  };
}
