import type { DetachRolePolicyRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { detachPolicy } from '../attached-policies.ts';

export const detachRolePolicy = detachPolicy(role, (input: DetachRolePolicyRequest) => input.RoleName);
