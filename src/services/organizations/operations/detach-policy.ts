import type { DetachPolicyRequest } from '@aws-sdk/client-organizations';
import { fullAccessPolicies } from '../aws-policies.ts';
import { organizationsErrors } from '../errors.ts';
import { attachmentArns, findAttachment, type Attachment } from '../find-attachment.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { findPolicy } from '../policies.ts';
import { attachedTo } from '../tree.ts';

/** The last SCP of a target stays, and so does AWS's own RCP. spec: ORG-ATTACH-2, ORG-EFFECT-1 */
export const detachPolicy = managementOperation<DetachPolicyRequest, object, Attachment>({
  name: 'DetachPolicy',
  find: ({ PolicyId, TargetId }, tree, context) => findAttachment({ PolicyId, TargetId }, tree, context),
  resources: attachmentArns,
  policyType: ({ policy }) => policy.type,
  async operate(_, of, context) {
    const { tree, found } = of;
    const { policy, targetId } = found;
    const attached = attachedTo(targetId, tree);
    if (!attached.includes(policy.id)) throw organizationsErrors.policyNotAttached();
    if (policy.id === fullAccessPolicies.RESOURCE_CONTROL_POLICY.id)
      throw organizationsErrors.constraint({ message: 'You cannot detach RCPFullAWSAccess.' });
    const policies = await Promise.all(attached.map((id) => findPolicy(id, context)));
    if (policies.filter(({ type }) => type === policy.type).length === 1)
      throw organizationsErrors.lastPolicy();
    const left = attached.filter((id) => id !== policy.id);
    await changeOrganization(
      of,
      { ...tree, attachments: { ...tree.attachments, [targetId]: left } },
      context,
    );
    return {};
  },
});
