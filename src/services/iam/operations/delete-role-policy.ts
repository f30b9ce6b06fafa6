import type { DeleteRolePolicyRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { deleteInlinePolicy } from '../inline-policies.ts';

export const deleteRolePolicy = deleteInlinePolicy(role, (input: DeleteRolePolicyRequest) => input.RoleName);
