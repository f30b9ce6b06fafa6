/**
 * What an organization means for each account, remembered until it changes: every request asks it, and an organization
 * may have thousands of accounts and policies. A store has one process, so that all changes come by here.
 * spec: ORG-SETUP-1
 */
import type { AccountPolicies } from '../server/ports.ts';
import { organizationPolicies, organizationTrees } from '../services/organizations/ports.ts';
import type { Change, RecordStore } from '../services/records.ts';
import { accountPoliciesOf, organizations } from './organization.ts';

export interface OrganizationMemory {
  /** The store, whose commits let what they change be forgotten. */
  readonly records: RecordStore;
  policiesOf(account: string): Promise<AccountPolicies>;
}

const remembered: ReadonlySet<string> = new Set([
  organizations.name,
  organizationTrees.name,
  organizationPolicies.name,
]);

/** Accounts that are remembered: whoever signs as so many in turn makes nothing grow without end. */
const accountsMax = 10_000;

export function organizationMemory(store: RecordStore): OrganizationMemory {
  let known = new Map<string, Promise<AccountPolicies>>();
  const forget = (): void => {
    known = new Map();
  };
  return {
    records: {
      get: (...of) => store.get(...of),
      list: (...of) => store.list(...of),
      find: (...of) => store.find(...of),
      select: (...of) => store.select(...of),
      aggregate: (...of) => store.aggregate(...of),
      tally: (...of) => store.tally(...of),
      async commit(changes) {
        if (!changes.some(concerns)) return store.commit(changes);
        try {
          return await store.commit(changes);
        } finally {
          // What was read while the commit was under way may be of before it; so may what a failed one left unsaid.
          forget();
        }
      },
      close: () => store.close(),
      [Symbol.asyncDispose]: () => store.close(),
    },
    policiesOf(account) {
      const found = known.get(account);
      if (found !== undefined) return found;
      const asked = accountPoliciesOf(store, account);
      const into = known;
      if (into.size >= accountsMax) into.clear();
      into.set(account, asked);
      // What failed once is asked anew.
      asked.catch(() => into.delete(account));
      return asked;
    },
  };
}

function concerns({ kind, collection }: Change): boolean {
  return kind !== 'expect' && remembered.has(collection.name);
}
