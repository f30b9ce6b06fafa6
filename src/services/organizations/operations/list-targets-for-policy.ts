import type {
  ListTargetsForPolicyRequest,
  ListTargetsForPolicyResponse,
  PolicyTargetSummary,
} from '@aws-sdk/client-organizations';
import { policyArn, targetArn } from '../arns.ts';
import { managementOperation } from '../management-operation.ts';
import { byId, pageOf } from '../paging.ts';
import { findPolicy } from '../policies.ts';
import type { OrganizationRecord, PolicyRecord } from '../ports.ts';
import { attachedTo, targetsOf } from '../tree.ts';

/** spec: ORG-LIST-1 */
export const listTargetsForPolicy = managementOperation<
  ListTargetsForPolicyRequest,
  ListTargetsForPolicyResponse,
  PolicyRecord
>({
  name: 'ListTargetsForPolicy',
  find: ({ PolicyId }, _, context) => findPolicy(PolicyId, context),
  resources: (policy, tree) => [policyArn(policy, tree)],
  policyType: ({ type }) => type,
  operate(input, { found, tree }) {
    const targets = targetsOf(tree).filter((id) => attachedTo(id, tree).includes(found.id));
    const { items, ...next } = pageOf(
      byId(targets, (id) => id),
      input,
      (id) => id,
    );
    return Promise.resolve({ Targets: items.map((id) => targetSummary(id, tree)), ...next });
  },
});

function targetSummary(id: string, tree: OrganizationRecord): PolicyTargetSummary {
  const account = tree.accounts[id];
  const unit = tree.units[id];
  return {
    TargetId: id,
    Arn: targetArn(id, tree),
    Name: account?.name ?? unit?.name ?? 'Root',
    Type: account ? 'ACCOUNT' : unit ? 'ORGANIZATIONAL_UNIT' : 'ROOT',
  };
}
