import type { UntagRoleRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { untagEntity } from '../tags.ts';

export const untagRole = untagEntity(role, (input: UntagRoleRequest) => input.RoleName);
