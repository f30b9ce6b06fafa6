import type { DetachUserPolicyRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { detachPolicy } from '../attached-policies.ts';

export const detachUserPolicy = detachPolicy(user, (input: DetachUserPolicyRequest) => input.UserName);
