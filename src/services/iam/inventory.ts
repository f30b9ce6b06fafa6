/**
 * Everything of IAM that AWS Config records, of one account.
 * spec: IAMAPI-INVENTORY-1
 */
import type { Collection, Records } from '../records.ts';
import { describeGroup } from './describe-group.ts';
import { describePolicy } from './describe-policy.ts';
import { describeRole } from './describe-role.ts';
import { describeUser } from './describe-user.ts';
import { groups, nameKey, policies, roles, users } from './ports.ts';
import type { ResourceDescription } from './resource-description.ts';

/** By kind, then in the order of their names. */
export async function iamInventory(
  records: Records,
  account: string,
): Promise<readonly ResourceDescription[]> {
  async function each<T>(
    of: Collection<T>,
    describe: (records: Records, record: T) => Promise<ResourceDescription>,
  ) {
    const stored = await records.list(of, { prefix: nameKey(account, ''), limit: Infinity });
    return Promise.all(stored.map(({ value }) => describe(records, value)));
  }
  return [
    ...(await each(users, describeUser)),
    ...(await each(groups, describeGroup)),
    ...(await each(roles, describeRole)),
    ...(await each(policies, describePolicy)),
  ];
}
