import type { EnablePolicyTypeRequest, EnablePolicyTypeResponse } from '@aws-sdk/client-organizations';
import { organizationsErrors } from '../errors.ts';
import { findTypeAtRoot, rootArns, type TypeAtRoot } from '../find-type-at-root.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { rootShape } from '../root-shape.ts';
import { withFullAccess } from '../tree.ts';

/** AWS's own policy is attached everywhere, so that nothing changes yet. spec: ORG-TYPE-1, ORG-DEFAULT-1 */
export const enablePolicyType = managementOperation<
  EnablePolicyTypeRequest,
  EnablePolicyTypeResponse,
  TypeAtRoot
>({
  name: 'EnablePolicyType',
  find: ({ RootId, PolicyType }, tree) => findTypeAtRoot(RootId, PolicyType, tree),
  resources: rootArns,
  policyType: ({ type }) => type,
  async operate(_, of, context) {
    const { type } = of.found;
    if (of.tree.enabledPolicyTypes.includes(type)) throw organizationsErrors.typeAlreadyEnabled();
    const tree = {
      ...of.tree,
      enabledPolicyTypes: [...of.tree.enabledPolicyTypes, type],
      attachments: withFullAccess(type, of.tree),
    };
    await changeOrganization(of, tree, context);
    return { Root: rootShape(tree) };
  },
});
