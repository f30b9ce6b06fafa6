import type { DeleteGroupRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { deleteEntity } from '../delete-entity.ts';
import { group } from '../entity-kind.ts';
import { iamErrors } from '../errors.ts';
import { findEntity } from '../find-entity.ts';
import { assertValid, groupNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';

export const deleteGroup = operation({
  name: 'DeleteGroup',
  validate: (input: DeleteGroupRequest) => assertValid(...groupNameFaults(input.GroupName)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, group, caller.account, input.GroupName ?? ''),
  authorization: (input, found, context) => [
    iamPermission('DeleteGroup', entityArn(context, 'group', input.GroupName, found), context),
  ],
  async operate(input, _found, { ports, caller }) {
    await deleteEntity(ports.records, group, caller.account, input.GroupName, (record) => {
      if (record.members.length > 0) throw iamErrors.mustRemoveFromGroups();
      return Promise.resolve([]);
    });
    return {};
  },
});
