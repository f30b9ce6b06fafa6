import type { ListPoliciesRequest, ListPoliciesResponse } from '@aws-sdk/client-organizations';
import { managementOperation } from '../management-operation.ts';
import { byId, pageOf } from '../paging.ts';
import { allPolicies, policySummary, policyTypeOf } from '../policies.ts';
import type { PolicyTypeName } from '../ports.ts';

/** spec: ORG-LIST-1 */
export const listPolicies = managementOperation<ListPoliciesRequest, ListPoliciesResponse, PolicyTypeName>({
  name: 'ListPolicies',
  find: ({ Filter }) => policyTypeOf(Filter),
  resources: () => ['*'],
  policyType: (type) => type,
  async operate(input, { found, tree }, { ports }) {
    const policies = (await allPolicies(ports)).filter(({ type }) => type === found);
    const { items, ...next } = pageOf(
      byId(policies, ({ id }) => id),
      input,
      ({ id }) => id,
    );
    return { Policies: items.map((policy) => policySummary(policy, tree)), ...next };
  },
});
