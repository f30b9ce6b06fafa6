import type { ListGroupsRequest, ListGroupsResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { assertValid, pageFaults, pathFaults } from '../input-faults.ts';
import { pageOfRecords } from '../paging.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { groups, nameKey } from '../ports.ts';
import { groupShape } from '../sdk-shapes.ts';

export const listGroups = operation({
  name: 'ListGroups',
  validate: (input: ListGroupsRequest) =>
    assertValid(...pathFaults(input.PathPrefix, 'pathPrefix'), ...pageFaults(input)),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission('ListGroups', entityArn(context, 'group', '', null, input.PathPrefix), context),
  ],
  async operate(input, _none, { ports, caller }): Promise<ListGroupsResponse> {
    const { items, ...page } = await pageOfRecords(
      (options) => ports.records.list(groups, { ...options, prefix: nameKey(caller.account, '') }),
      input,
      (record) => record.path.startsWith(input.PathPrefix ?? '/'),
    );
    return { Groups: items.map(groupShape), ...page };
  },
});
