import type { AttachPolicyRequest } from '@aws-sdk/client-organizations';
import { organizationsErrors } from '../errors.ts';
import { attachmentArns, findAttachment, type Attachment } from '../find-attachment.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { findPolicy } from '../policies.ts';
import { attachedTo } from '../tree.ts';

/** Of one type at one target. */
const attachmentsMax = 5;

/** spec: ORG-ATTACH-1, ORG-EFFECT-1 */
export const attachPolicy = managementOperation<AttachPolicyRequest, object, Attachment>({
  name: 'AttachPolicy',
  find: ({ PolicyId, TargetId }, tree, context) => findAttachment({ PolicyId, TargetId }, tree, context),
  resources: attachmentArns,
  policyType: ({ policy }) => policy.type,
  async operate(_, of, context) {
    const { tree, found } = of;
    const { policy, targetId } = found;
    if (!tree.enabledPolicyTypes.includes(policy.type)) throw organizationsErrors.typeNotEnabled();
    const attached = attachedTo(targetId, tree);
    if (attached.includes(policy.id)) throw organizationsErrors.duplicateAttachment();
    const policies = await Promise.all(attached.map((id) => findPolicy(id, context)));
    if (policies.filter(({ type }) => type === policy.type).length >= attachmentsMax)
      throw organizationsErrors.constraint({
        message: 'You have attached the maximum number of policies of this type to the target.',
      });
    const attachments = { ...tree.attachments, [targetId]: [...attached, policy.id] };
    await changeOrganization(of, { ...tree, attachments }, context);
    return {};
  },
});
