import type { DeleteUserPolicyRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { deleteInlinePolicy } from '../inline-policies.ts';

export const deleteUserPolicy = deleteInlinePolicy(user, (input: DeleteUserPolicyRequest) => input.UserName);
