import type { UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { changeEntity } from '../change-entity.ts';
import { role } from '../entity-kind.ts';
import { findEntity } from '../find-entity.ts';
import { assertValid, descriptionFaults, roleNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, resourceTagKeys, type IamContext } from '../permission.ts';
import { roleShape } from '../sdk-shapes.ts';

// A service-linked role's description is the one thing of it that its account may change.
export const updateRoleDescription = operation({
  name: 'UpdateRoleDescription',
  validate: (input: UpdateRoleDescriptionRequest) =>
    assertValid(...roleNameFaults(input.RoleName), ...descriptionFaults(input.Description)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, role, caller.account, input.RoleName ?? ''),
  authorization: (input, found, context) => [
    iamPermission(
      'UpdateRoleDescription',
      entityArn(context, 'role', input.RoleName, found),
      context,
      resourceTagKeys(found?.value.tags),
    ),
  ],
  async operate(input, _found, { ports, caller }): Promise<UpdateRoleDescriptionResponse> {
    const record = await changeEntity(ports.records, role, caller.account, input.RoleName, (current) => ({
      next: { ...current, description: input.Description ?? '' },
    }));
    return { Role: roleShape(record) };
  },
});
