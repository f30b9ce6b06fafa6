/**
 * The organization that a setup laid out: memberships, SCPs and RCPs. There is no API for it yet, so that it changes
 * only with a setup.
 */
import { parseAccountId } from '../aws/account-id.ts';
import type { AccountPolicies, CallerPolicy } from '../server/ports.ts';
import { collection, type Records } from '../services/records.ts';
import type { Organization } from '../setup/schema.ts';

export const organizations = collection<Organization>('organizations.organizations');
export const organizationKey = 'organization';

const none: AccountPolicies = { organization: null, serviceControl: null, resourceControl: null };

/** What an account's place in the organization means for requests of and to it. */
export async function accountPoliciesOf(records: Records, account: string): Promise<AccountPolicies> {
  const organization = (await records.get(organizations, organizationKey))?.value;
  if (organization === undefined) return none;
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
    organization:
      managementAccount === null
        ? null
        : { id: organization.id, path: entry?.path ?? `${organization.id}/`, managementAccount },
    serviceControl: levels(entry?.serviceControlPolicies, 'service control policy'),
    resourceControl: levels(entry?.resourceControlPolicies, 'resource control policy'),
  };
}

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
