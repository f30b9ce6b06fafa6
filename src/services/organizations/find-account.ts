import { organizationsErrors } from './errors.ts';
import type { AccountRecord, OrganizationRecord } from './ports.ts';

/** @throws AccountNotFoundException */
export function findAccount(id: string | undefined, tree: OrganizationRecord): AccountRecord {
  const account = Object.hasOwn(tree.accounts, id ?? '') ? tree.accounts[id ?? ''] : undefined;
  if (account === undefined) throw organizationsErrors.accountNotFound();
  return account;
}
