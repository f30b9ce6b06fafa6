import { expect, test } from 'vitest';
import { put } from '../services/records.ts';
import { openMemory } from '../stores/memory/memory-records.ts';
import type { Organization } from '../setup/schema.ts';
import { organizationMemory } from './organization-memory.ts';
import { organizationKey, organizations } from './organization.ts';

const account = '111122223333';

function organizationOf(policies: readonly object[]): Organization {
  const serviceControlPolicies = [policies.map((policy) => ({ Version: '2012-10-17', ...policy }))] as never;
  return {
    id: 'o-exampleorgid',
    accounts: [{ id: account, path: 'o-exampleorgid/r-ab12/', serviceControlPolicies }],
  };
}

const allow = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

// spec: ORG-SETUP-1
test('an organization is read once until it changes, and its change counts at once', async () => {
  const memory = organizationMemory(openMemory());
  await memory.records.commit([put(organizations, organizationKey, organizationOf([allow]))]);
  const [one, same] = [await memory.policiesOf(account), await memory.policiesOf(account)];
  expect(one.serviceControl?.[0]).toHaveLength(1);
  expect(same).toBe(one);
  await memory.records.commit([put(organizations, organizationKey, organizationOf([allow, allow]))]);
  expect((await memory.policiesOf(account)).serviceControl?.[0]).toHaveLength(2);
});

test('what was read while the organization changed is not remembered', async () => {
  const memory = organizationMemory(openMemory());
  await memory.records.commit([put(organizations, organizationKey, organizationOf([allow]))]);
  const change = memory.records.commit([put(organizations, organizationKey, organizationOf([]))]);
  void memory.policiesOf(account);
  await change;
  expect((await memory.policiesOf(account)).serviceControl?.[0]).toEqual([]);
});
