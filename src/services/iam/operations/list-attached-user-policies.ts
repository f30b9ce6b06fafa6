import type { ListAttachedUserPoliciesRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { listAttachedPolicies } from '../attached-policies.ts';

export const listAttachedUserPolicies = listAttachedPolicies(
  user,
  (input: ListAttachedUserPoliciesRequest) => input.UserName,
);
