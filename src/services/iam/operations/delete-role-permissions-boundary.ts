import type { DeleteRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { deleteBoundary } from '../attached-policies.ts';

export const deleteRolePermissionsBoundary = deleteBoundary(
  role,
  (input: DeleteRolePermissionsBoundaryRequest) => input.RoleName,
);
