import type { ListRoleTagsRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { listTags } from '../tags.ts';

export const listRoleTags = listTags(role, (input: ListRoleTagsRequest) => input.RoleName);
