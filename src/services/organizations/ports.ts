/** What AWS Organizations keeps and what it needs from outside. */
import type { AccountId } from '../../aws/account-id.ts';
import { collection, type Records } from '../records.ts';

export type PolicyTypeName = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

/**
 * The organization of this server: one at most, as one record, so that every change is whole. The policies stand
 * apart, since every request of a member reads this. Stored under `organizationKey`.
 */
export interface OrganizationRecord {
  /** `o-exampleorgid` */
  readonly id: string;
  readonly partition: string;
  readonly managementAccount: AccountId;
  /** `r-ab12` */
  readonly rootId: string;
  readonly enabledPolicyTypes: readonly PolicyTypeName[];
  readonly units: Readonly<Record<string, UnitRecord>>;
  readonly accounts: Readonly<Record<string, AccountRecord>>;
  /** IDs of the policies that are attached to a root, a unit or an account, by its ID. */
  readonly attachments: Readonly<Record<string, readonly string[]>>;
}

export interface UnitRecord {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

export interface AccountRecord {
  readonly id: AccountId;
  readonly name: string;
  readonly email: string;
  readonly parentId: string;
  readonly joinedMethod: 'INVITED' | 'CREATED';
  readonly joinedAtMillis: number;
  /** Of the request that made it; `null` for the management account. */
  readonly createRequestId: string | null;
}

/** A policy of the organization's own, under its ID. */
export interface PolicyRecord {
  readonly id: string;
  readonly type: PolicyTypeName;
  readonly name: string;
  readonly description: string;
  readonly content: string;
}

export const organizationTrees = collection<OrganizationRecord>('organizations.trees');
export const organizationPolicies = collection<PolicyRecord>('organizations.policies');

export const organizationTreeKey = 'organization';

export interface OrganizationsPorts {
  readonly records: Records;
  /** Whether a setup laid an organization out, which does not change by requests. */
  isLaidOut(): Promise<boolean>;
}
