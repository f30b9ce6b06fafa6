import type { DeleteGroupPolicyRequest } from '@aws-sdk/client-iam';
import { group } from '../entity-kind.ts';
import { deleteInlinePolicy } from '../inline-policies.ts';

export const deleteGroupPolicy = deleteInlinePolicy(
  group,
  (input: DeleteGroupPolicyRequest) => input.GroupName,
);
