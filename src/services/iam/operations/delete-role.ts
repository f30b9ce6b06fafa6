import type { DeleteRoleRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { role } from '../entity-kind.ts';
import { deleteEntity } from '../delete-entity.ts';
import { changesForDeleted } from '../deleted-principal.ts';
import { findEntity } from '../find-entity.ts';
import { assertValid, roleNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, identityKeys, type IamContext } from '../permission.ts';
import { assertModifiable } from '../service-linked.ts';

export const deleteRole = operation({
  name: 'DeleteRole',
  validate: (input: DeleteRoleRequest) => assertValid(...roleNameFaults(input.RoleName)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, role, caller.account, input.RoleName ?? ''),
  authorization: (input, found, context) => [
    iamPermission(
      'DeleteRole',
      entityArn(context, 'role', input.RoleName, found),
      context,
      identityKeys(found),
    ),
  ],
  async operate(input, _found, { ports, caller }) {
    await deleteEntity(ports.records, role, caller.account, input.RoleName, (record) => {
      assertModifiable(record);
      return changesForDeleted(ports, record);
    });
    return {};
  },
});
