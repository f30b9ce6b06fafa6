import type { TagRoleRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { tagEntity } from '../tags.ts';

export const tagRole = tagEntity(role, (input: TagRoleRequest) => input.RoleName);
