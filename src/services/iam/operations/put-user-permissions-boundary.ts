import type { PutUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { putBoundary } from '../attached-policies.ts';

export const putUserPermissionsBoundary = putBoundary(
  user,
  (input: PutUserPermissionsBoundaryRequest) => input.UserName,
);
