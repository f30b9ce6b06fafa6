import type { UpdatePolicyRequest, UpdatePolicyResponse } from '@aws-sdk/client-organizations';
import { put } from '../../records.ts';
import { policyArn } from '../arns.ts';
import { isAwsPolicy } from '../aws-policies.ts';
import { organizationsErrors } from '../errors.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { allPolicies, assertContent, findPolicy, policyShape } from '../policies.ts';
import { organizationPolicies, type PolicyRecord } from '../ports.ts';

/** Where it is attached, the new text counts at once. spec: ORG-POLICY-1, ORG-EFFECT-1 */
export const updatePolicy = managementOperation<UpdatePolicyRequest, UpdatePolicyResponse, PolicyRecord>({
  name: 'UpdatePolicy',
  find: ({ PolicyId }, _, context) => findPolicy(PolicyId, context),
  resources: (policy, tree) => [policyArn(policy, tree)],
  policyType: ({ type }) => type,
  async operate({ Name, Description, Content }, of, context) {
    const { found, tree } = of;
    if (isAwsPolicy(found.id)) throw organizationsErrors.notManagement();
    const policy = {
      ...found,
      name: Name ?? found.name,
      description: Description ?? found.description,
      content: Content ?? found.content,
    };
    assertContent(policy.content, policy.type);
    const others = await allPolicies(context.ports);
    if (others.some(({ id, type, name }) => id !== policy.id && type === policy.type && name === policy.name))
      throw organizationsErrors.duplicatePolicy();
    await changeOrganization(of, tree, context, [put(organizationPolicies, policy.id, policy)]);
    return { Policy: policyShape(policy, tree) };
  },
});
