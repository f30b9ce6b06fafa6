import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { role } from '../entity-kind.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { assertValid, roleNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, resourceTagKeys, type IamContext } from '../permission.ts';
import { roleShape } from '../sdk-shapes.ts';

export const getRole = operation({
  name: 'GetRole',
  validate: (input: GetRoleRequest) => assertValid(...roleNameFaults(input.RoleName)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, role, caller.account, input.RoleName ?? ''),
  authorization: (input, found, context) => [
    iamPermission(
      'GetRole',
      entityArn(context, 'role', input.RoleName, found),
      context,
      resourceTagKeys(found?.value.tags),
    ),
  ],
  operate(input, found): Promise<GetRoleResponse> {
    const { value } = assertFound(found, role, input.RoleName);
    return Promise.resolve({ Role: { ...roleShape(value), RoleLastUsed: {} } });
  },
});
