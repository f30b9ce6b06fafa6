import type { ListAttachedRolePoliciesRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { listAttachedPolicies } from '../attached-policies.ts';

export const listAttachedRolePolicies = listAttachedPolicies(
  role,
  (input: ListAttachedRolePoliciesRequest) => input.RoleName,
);
