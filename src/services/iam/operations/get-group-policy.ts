import type { GetGroupPolicyRequest } from '@aws-sdk/client-iam';
import { group } from '../entity-kind.ts';
import { getInlinePolicy } from '../inline-policies.ts';

export const getGroupPolicy = getInlinePolicy(group, (input: GetGroupPolicyRequest) => input.GroupName);
