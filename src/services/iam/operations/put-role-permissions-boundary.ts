import type { PutRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { role } from '../entity-kind.ts';
import { putBoundary } from '../attached-policies.ts';

export const putRolePermissionsBoundary = putBoundary(
  role,
  (input: PutRolePermissionsBoundaryRequest) => input.RoleName,
);
