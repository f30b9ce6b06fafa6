import type { DetachGroupPolicyRequest } from '@aws-sdk/client-iam';
import { group } from '../entity-kind.ts';
import { detachPolicy } from '../attached-policies.ts';

export const detachGroupPolicy = detachPolicy(group, (input: DetachGroupPolicyRequest) => input.GroupName);
