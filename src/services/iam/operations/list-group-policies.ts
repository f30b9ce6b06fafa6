import type { ListGroupPoliciesRequest } from '@aws-sdk/client-iam';
import { group } from '../entity-kind.ts';
import { listInlinePolicies } from '../inline-policies.ts';

export const listGroupPolicies = listInlinePolicies(
  group,
  (input: ListGroupPoliciesRequest) => input.GroupName,
);
