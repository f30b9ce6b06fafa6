import type { DeleteUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { user } from '../entity-kind.ts';
import { deleteBoundary } from '../attached-policies.ts';

export const deleteUserPermissionsBoundary = deleteBoundary(
  user,
  (input: DeleteUserPermissionsBoundaryRequest) => input.UserName,
);
