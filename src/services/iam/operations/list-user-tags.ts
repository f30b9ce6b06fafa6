import type { ListUserTagsRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { listTags } from '../tags.ts';

export const listUserTags = listTags(user, (input: ListUserTagsRequest) => input.UserName);
