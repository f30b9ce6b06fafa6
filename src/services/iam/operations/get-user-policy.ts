import type { GetUserPolicyRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { getInlinePolicy } from '../inline-policies.ts';

export const getUserPolicy = getInlinePolicy(user, (input: GetUserPolicyRequest) => input.UserName);
