import type { AttachGroupPolicyRequest } from '@aws-sdk/client-iam';
import { group } from '../entity-kind.ts';
import { attachPolicy } from '../attached-policies.ts';

export const attachGroupPolicy = attachPolicy(group, (input: AttachGroupPolicyRequest) => input.GroupName);
