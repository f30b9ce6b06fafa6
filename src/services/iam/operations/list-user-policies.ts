import type { ListUserPoliciesRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { listInlinePolicies } from '../inline-policies.ts';

export const listUserPolicies = listInlinePolicies(user, (input: ListUserPoliciesRequest) => input.UserName);
