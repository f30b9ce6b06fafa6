import type { PutGroupPolicyRequest } from '@aws-sdk/client-iam';
import { group } from '../entity-kind.ts';
import { putInlinePolicy } from '../inline-policies.ts';

export const putGroupPolicy = putInlinePolicy(group, (input: PutGroupPolicyRequest) => input.GroupName);
