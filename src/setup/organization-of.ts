/**
 * What a setup says of an account's organization.
 * spec: SETUP-ORG-1, SETUP-ORG-2, SETUP-ORG-3
 */
import type { Organization, OrganizationAccount, Setup } from './schema.ts';

export type Membership =
  | {
      readonly state: 'member';
      readonly organization: Organization;
      /** `null` for the management account where it has no entry of its own. */
      readonly entry: OrganizationAccount | null;
      readonly index: number;
      /** SCPs and RCPs do not bind the management account. */
      readonly isManagement: boolean;
    }
  /** Known to be in no organization. */
  | { readonly state: 'none' }
  /** No `organization` was given: its policies count as none, its keys are unknown. */
  | { readonly state: 'not-given' }
  /** The organization does not list the account: it may be in it, in another or in none. */
  | { readonly state: 'not-listed'; readonly organization: Organization };

/** The membership of `account` according to `setup`. */
export function membershipOf(setup: Setup, account: string): Membership {
  const { organization } = setup;
  if (organization === null) return { state: 'none' };
  if (organization === undefined) return setup.complete === true ? { state: 'none' } : { state: 'not-given' };
  const accounts = organization.accounts ?? [];
  const index = accounts.findIndex(({ id }) => id === account);
  const entry = accounts[index] ?? null;
  const isManagement = organization.managementAccount === account;
  if (entry !== null || isManagement) return { state: 'member', organization, entry, index, isManagement };
  return setup.complete === true ? { state: 'none' } : { state: 'not-listed', organization };
}
