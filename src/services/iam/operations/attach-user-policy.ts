import type { AttachUserPolicyRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { attachPolicy } from '../attached-policies.ts';

export const attachUserPolicy = attachPolicy(user, (input: AttachUserPolicyRequest) => input.UserName);
