import type { AttachRolePolicyRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { attachPolicy } from '../attached-policies.ts';

export const attachRolePolicy = attachPolicy(role, (input: AttachRolePolicyRequest) => input.RoleName);
