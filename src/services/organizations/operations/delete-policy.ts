import type { DeletePolicyRequest } from '@aws-sdk/client-organizations';
import { remove } from '../../records.ts';
import { policyArn } from '../arns.ts';
import { isAwsPolicy } from '../aws-policies.ts';
import { organizationsErrors } from '../errors.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { findPolicy } from '../policies.ts';
import { organizationPolicies, type PolicyRecord } from '../ports.ts';

/** spec: ORG-POLICY-3 */
export const deletePolicy = managementOperation<DeletePolicyRequest, object, PolicyRecord>({
  name: 'DeletePolicy',
  find: ({ PolicyId }, _, context) => findPolicy(PolicyId, context),
  resources: (policy, tree) => [policyArn(policy, tree)],
  policyType: ({ type }) => type,
  async operate(_, of, context) {
    const { found, tree } = of;
    if (isAwsPolicy(found.id)) throw organizationsErrors.notManagement();
    if (Object.values(tree.attachments).some((ids) => ids.includes(found.id)))
      throw organizationsErrors.policyInUse();
    await changeOrganization(of, tree, context, [remove(organizationPolicies, found.id)]);
    return {};
  },
});
