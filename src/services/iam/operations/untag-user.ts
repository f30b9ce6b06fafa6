import type { UntagUserRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { untagEntity } from '../tags.ts';

export const untagUser = untagEntity(user, (input: UntagUserRequest) => input.UserName);
