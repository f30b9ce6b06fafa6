import type { ListAttachedGroupPoliciesRequest } from '@aws-sdk/client-iam';
import { group } from '../entity-kind.ts';
import { listAttachedPolicies } from '../attached-policies.ts';

export const listAttachedGroupPolicies = listAttachedPolicies(
  group,
  (input: ListAttachedGroupPoliciesRequest) => input.GroupName,
);
