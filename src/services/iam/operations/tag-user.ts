import type { TagUserRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { tagEntity } from '../tags.ts';

export const tagUser = tagEntity(user, (input: TagUserRequest) => input.UserName);
