import type { RemoveUserFromGroupRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { changeEntity } from '../change-entity.ts';
import { group, user } from '../entity-kind.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { assertValid, groupNameFaults, userNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';

export const removeUserFromGroup = operation({
  name: 'RemoveUserFromGroup',
  validate: (input: RemoveUserFromGroupRequest) =>
    assertValid(...groupNameFaults(input.GroupName), ...userNameFaults(input.UserName)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, group, caller.account, input.GroupName ?? ''),
  authorization: (input, found, context) => [
    iamPermission('RemoveUserFromGroup', entityArn(context, 'group', input.GroupName, found), context),
  ],
  async operate(input, _found, { ports, caller }) {
    const { UserName: name = '' } = input;
    assertFound(await findEntity(ports.records, user, caller.account, name), user, name);
    await changeEntity(ports.records, group, caller.account, input.GroupName, (current) => ({
      next: { ...current, members: current.members.filter((member) => member !== name) },
    }));
    return {};
  },
});
