import type { DisablePolicyTypeRequest, DisablePolicyTypeResponse } from '@aws-sdk/client-organizations';
import { organizationsErrors } from '../errors.ts';
import { findTypeAtRoot, rootArns, type TypeAtRoot } from '../find-type-at-root.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { allPolicies } from '../policies.ts';
import { rootShape } from '../root-shape.ts';

/** Every policy of the type is detached everywhere. spec: ORG-TYPE-1 */
export const disablePolicyType = managementOperation<
  DisablePolicyTypeRequest,
  DisablePolicyTypeResponse,
  TypeAtRoot
>({
  name: 'DisablePolicyType',
  find: ({ RootId, PolicyType }, tree) => findTypeAtRoot(RootId, PolicyType, tree),
  resources: rootArns,
  policyType: ({ type }) => type,
  async operate(_, of, context) {
    const { type } = of.found;
    if (!of.tree.enabledPolicyTypes.includes(type)) throw organizationsErrors.typeNotEnabled();
    const detached = new Set(
      (await allPolicies(context.ports)).filter((policy) => policy.type === type).map(({ id }) => id),
    );
    const tree = {
      ...of.tree,
      enabledPolicyTypes: of.tree.enabledPolicyTypes.filter((enabled) => enabled !== type),
      attachments: Object.fromEntries(
        Object.entries(of.tree.attachments).map(([target, ids]) => [
          target,
          ids.filter((id) => !detached.has(id)),
        ]),
      ),
    };
    await changeOrganization(of, tree, context);
    return { Root: rootShape(tree) };
  },
});
