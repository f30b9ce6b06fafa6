import type { CreatePolicyRequest, CreatePolicyResponse } from '@aws-sdk/client-organizations';
import { put } from '../../records.ts';
import { organizationsErrors } from '../errors.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { lowerCaseAlphabet } from '../new-id.ts';
import { allPolicies, assertContent, policyShape, policyTypeOf } from '../policies.ts';
import { organizationPolicies, type PolicyRecord, type PolicyTypeName } from '../ports.ts';

/** spec: ORG-POLICY-1, ORG-POLICY-2 */
export const createPolicy = managementOperation<CreatePolicyRequest, CreatePolicyResponse, PolicyTypeName>({
  name: 'CreatePolicy',
  find: ({ Type }) => policyTypeOf(Type),
  resources: () => ['*'],
  policyType: (type) => type,
  async operate({ Name = '', Description = '', Content = '' }, of, context) {
    const type = of.found;
    if (Name === '' || Name.length > 128)
      throw organizationsErrors.invalidInput({ message: 'You specified an invalid value: Name.' });
    assertContent(Content, type);
    const others = await allPolicies(context.ports);
    if (others.some((policy) => policy.type === type && policy.name === Name))
      throw organizationsErrors.duplicatePolicy();
    const id = `p-${context.newToken(8, lowerCaseAlphabet)}`;
    const policy: PolicyRecord = { id, type, name: Name, description: Description, content: Content };
    // The organization is written as it is: two policies of one name cannot be made side by side.
    await changeOrganization(of, of.tree, context, [
      put(organizationPolicies, id, policy, { ifRevision: 0 }),
    ]);
    return { Policy: policyShape(policy, of.tree) };
  },
});
