import type { AddUserToGroupRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { changeEntity, touch } from '../change-entity.ts';
import { group, user } from '../entity-kind.ts';
import { iamErrors } from '../errors.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { assertValid, groupNameFaults, userNameFaults } from '../input-faults.ts';
import { groupsPerUserMax } from '../limits.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { groups, users } from '../ports.ts';

export const addUserToGroup = operation({
  name: 'AddUserToGroup',
  validate: (input: AddUserToGroupRequest) =>
    assertValid(...groupNameFaults(input.GroupName), ...userNameFaults(input.UserName)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, group, caller.account, input.GroupName ?? ''),
  authorization: (input, found, context) => [
    iamPermission('AddUserToGroup', entityArn(context, 'group', input.GroupName, found), context),
  ],
  async operate(input, _found, { ports, caller }) {
    const { records } = ports;
    await changeEntity(records, group, caller.account, input.GroupName, async (current) => {
      const { UserName: name = '' } = input;
      const member = assertFound(await findEntity(records, user, caller.account, name), user, name);
      if (current.members.includes(name)) return { next: current };
      // spec: IAMAPI-QUOTA-1
      if ((await records.find(groups, 'member', member.key)).length >= groupsPerUserMax) {
        throw iamErrors.quota({ quota: 'GroupsPerUser', limit: String(groupsPerUserMax) });
      }
      // Names are ASCII, so this is their byte order.
      return {
        next: { ...current, members: [...current.members, name].sort() },
        along: [touch(users, member)],
      };
    });
    return {};
  },
});
