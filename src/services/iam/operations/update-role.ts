import type { UpdateRoleRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { changeEntity } from '../change-entity.ts';
import { role } from '../entity-kind.ts';
import { findEntity } from '../find-entity.ts';
import { assertValid, descriptionFaults, roleNameFaults, sessionDurationFaults } from '../input-faults.ts';
import { entityArn, iamPermission, resourceTagKeys, type IamContext } from '../permission.ts';
import { assertModifiable } from '../service-linked.ts';

export const updateRole = operation({
  name: 'UpdateRole',
  validate: (input: UpdateRoleRequest) =>
    assertValid(
      ...roleNameFaults(input.RoleName),
      ...descriptionFaults(input.Description),
      ...sessionDurationFaults(input.MaxSessionDuration),
    ),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, role, caller.account, input.RoleName ?? ''),
  authorization: (input, found, context) => [
    iamPermission(
      'UpdateRole',
      entityArn(context, 'role', input.RoleName, found),
      context,
      resourceTagKeys(found?.value.tags),
    ),
  ],
  async operate(input, _found, { ports, caller }) {
    await changeEntity(ports.records, role, caller.account, input.RoleName, (current) => {
      assertModifiable(current);
      const description = input.Description ?? current.description;
      const maxSessionSeconds = input.MaxSessionDuration ?? current.maxSessionSeconds;
      return { next: { ...current, description, maxSessionSeconds } };
    });
    return {};
  },
});
