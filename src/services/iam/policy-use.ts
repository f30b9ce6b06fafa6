import type { Records, Stored } from '../records.ts';
import { groups, roles, users, type EntityRecord } from './ports.ts';
import type { PolicyUse } from './sdk-shapes.ts';

/** Who carries a managed policy, of one account. */
export interface PolicyBearers {
  readonly roles: readonly EntityRecord[];
  readonly users: readonly EntityRecord[];
  readonly groups: readonly EntityRecord[];
}

const everyone = { limit: Infinity };

export async function attachedTo(records: Records, account: string, arn: string): Promise<PolicyBearers> {
  const [inRoles, inUsers, inGroups] = await Promise.all([
    records.find(roles, 'policy', arn, everyone),
    records.find(users, 'policy', arn, everyone),
    records.find(groups, 'policy', arn, everyone),
  ]);
  return {
    roles: ofAccount(inRoles, account),
    users: ofAccount(inUsers, account),
    groups: ofAccount(inGroups, account),
  };
}

export async function boundaryOf(records: Records, account: string, arn: string): Promise<PolicyBearers> {
  const [inRoles, inUsers] = await Promise.all([
    records.find(roles, 'boundary', arn, everyone),
    records.find(users, 'boundary', arn, everyone),
  ]);
  return { roles: ofAccount(inRoles, account), users: ofAccount(inUsers, account), groups: [] };
}

export async function useOf(records: Records, account: string, arn: string): Promise<PolicyUse> {
  const [attached, bounded] = await Promise.all([
    attachedTo(records, account, arn),
    boundaryOf(records, account, arn),
  ]);
  return { attachments: countOf(attached), boundaries: countOf(bounded) };
}

function countOf(bearers: PolicyBearers): number {
  return bearers.roles.length + bearers.users.length + bearers.groups.length;
}

function ofAccount(found: readonly Stored<EntityRecord>[], account: string): readonly EntityRecord[] {
  return found.map((record) => record.value).filter((record) => record.account === account);
}
