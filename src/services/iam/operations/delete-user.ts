import type { DeleteUserRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { deleteEntity } from '../delete-entity.ts';
import { changesForDeleted } from '../deleted-principal.ts';
import { user } from '../entity-kind.ts';
import { iamErrors } from '../errors.ts';
import { findEntity } from '../find-entity.ts';
import { assertValid, userNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, identityKeys, type IamContext } from '../permission.ts';
import { accessKeys, groups, nameKey } from '../ports.ts';

export const deleteUser = operation({
  name: 'DeleteUser',
  validate: (input: DeleteUserRequest) => assertValid(...userNameFaults(input.UserName)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, user, caller.account, input.UserName ?? ''),
  authorization: (input, found, context) => [
    iamPermission(
      'DeleteUser',
      entityArn(context, 'user', input.UserName, found),
      context,
      identityKeys(found),
    ),
  ],
  async operate(input, _found, { ports, caller }) {
    const key = nameKey(caller.account, input.UserName ?? '');
    await deleteEntity(ports.records, user, caller.account, input.UserName, async (record) => {
      // spec: IAMAPI-DELETE-1
      if ((await ports.records.find(accessKeys, 'user', key)).length > 0)
        throw iamErrors.mustDeleteAccessKeys();
      if ((await ports.records.find(groups, 'member', key)).length > 0)
        throw iamErrors.mustRemoveReferences();
      return changesForDeleted(ports, record);
    });
    return {};
  },
});
