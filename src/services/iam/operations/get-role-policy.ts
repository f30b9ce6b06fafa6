import type { GetRolePolicyRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { getInlinePolicy } from '../inline-policies.ts';

export const getRolePolicy = getInlinePolicy(role, (input: GetRolePolicyRequest) => input.RoleName);
