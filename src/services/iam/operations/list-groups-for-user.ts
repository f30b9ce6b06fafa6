import type { ListGroupsForUserRequest, ListGroupsForUserResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { user } from '../entity-kind.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { assertValid, pageFaults, userNameFaults } from '../input-faults.ts';
import { pageOfRecords } from '../paging.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { groups } from '../ports.ts';
import { groupShape } from '../sdk-shapes.ts';

export const listGroupsForUser = operation({
  name: 'ListGroupsForUser',
  validate: (input: ListGroupsForUserRequest) =>
    assertValid(...userNameFaults(input.UserName), ...pageFaults(input)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, user, caller.account, input.UserName ?? ''),
  authorization: (input, found, context) => [
    iamPermission('ListGroupsForUser', entityArn(context, 'user', input.UserName, found), context),
  ],
  async operate(input, found, { ports }): Promise<ListGroupsForUserResponse> {
    const { key } = assertFound(found, user, input.UserName);
    const { items, ...page } = await pageOfRecords(
      (options) => ports.records.find(groups, 'member', key, options),
      input,
      () => true,
    );
    return { Groups: items.map(groupShape), ...page };
  },
});
