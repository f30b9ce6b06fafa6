import type { GetGroupRequest, GetGroupResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { group, user } from '../entity-kind.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { assertValid, groupNameFaults, pageFaults } from '../input-faults.ts';
import { pageOf } from '../paging.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { groupShape, userSummary } from '../sdk-shapes.ts';

export const getGroup = operation({
  name: 'GetGroup',
  validate: (input: GetGroupRequest) =>
    assertValid(...groupNameFaults(input.GroupName), ...pageFaults(input)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, group, caller.account, input.GroupName ?? ''),
  authorization: (input, found, context) => [
    iamPermission('GetGroup', entityArn(context, 'group', input.GroupName, found), context),
  ],
  async operate(input, found, { ports, caller }): Promise<GetGroupResponse> {
    const { value } = assertFound(found, group, input.GroupName);
    const { items, ...page } = pageOf(value.members, input, (name) => name);
    const members = await Promise.all(
      items.map((name) => findEntity(ports.records, user, caller.account, name)),
    );
    const Users = members.filter((member) => member !== null).map((member) => userSummary(member.value));
    return { Group: groupShape(value), Users, ...page };
  },
});
