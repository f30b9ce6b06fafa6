import type {
  ListPoliciesForTargetRequest,
  ListPoliciesForTargetResponse,
} from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { findTarget } from '../find-attachment.ts';
import { managementOperation } from '../management-operation.ts';
import { byId, pageOf } from '../paging.ts';
import { findPolicy, policySummary, policyTypeOf } from '../policies.ts';
import type { PolicyTypeName } from '../ports.ts';
import { attachedTo } from '../tree.ts';

export interface Found {
  readonly targetId: string;
  readonly type: PolicyTypeName;
}

/** spec: ORG-LIST-1 */
export const listPoliciesForTarget = managementOperation<
  ListPoliciesForTargetRequest,
  ListPoliciesForTargetResponse,
  Found
>({
  name: 'ListPoliciesForTarget',
  find: ({ TargetId, Filter }, tree) => ({
    targetId: findTarget(TargetId, tree),
    type: policyTypeOf(Filter),
  }),
  resources: ({ targetId }, tree) => [targetArn(targetId, tree)],
  policyType: ({ type }) => type,
  async operate(input, { found, tree }, context) {
    const attached = await Promise.all(attachedTo(found.targetId, tree).map((id) => findPolicy(id, context)));
    const { items, ...next } = pageOf(
      byId(
        attached.filter(({ type }) => type === found.type),
        ({ id }) => id,
      ),
      input,
      ({ id }) => id,
    );
    return { Policies: items.map((policy) => policySummary(policy, tree)), ...next };
  },
});
