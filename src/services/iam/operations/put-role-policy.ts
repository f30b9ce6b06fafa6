import type { PutRolePolicyRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { putInlinePolicy } from '../inline-policies.ts';

export const putRolePolicy = putInlinePolicy(role, (input: PutRolePolicyRequest) => input.RoleName);
