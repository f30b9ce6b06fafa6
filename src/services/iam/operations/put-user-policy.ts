import type { PutUserPolicyRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { putInlinePolicy } from '../inline-policies.ts';

export const putUserPolicy = putInlinePolicy(user, (input: PutUserPolicyRequest) => input.UserName);
