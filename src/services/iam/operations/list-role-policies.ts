import type { ListRolePoliciesRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { listInlinePolicies } from '../inline-policies.ts';

export const listRolePolicies = listInlinePolicies(role, (input: ListRolePoliciesRequest) => input.RoleName);
