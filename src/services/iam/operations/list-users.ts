import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { assertValid, pageFaults, pathFaults } from '../input-faults.ts';
import { pageOfRecords } from '../paging.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { nameKey, users } from '../ports.ts';
import { userSummary } from '../sdk-shapes.ts';

export const listUsers = operation({
  name: 'ListUsers',
  validate: (input: ListUsersRequest) =>
    assertValid(...pathFaults(input.PathPrefix, 'pathPrefix'), ...pageFaults(input)),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission('ListUsers', entityArn(context, 'user', '', null, input.PathPrefix), context),
  ],
  async operate(input, _none, { ports, caller }): Promise<ListUsersResponse> {
    const { items, ...page } = await pageOfRecords(
      (options) => ports.records.list(users, { ...options, prefix: nameKey(caller.account, '') }),
      input,
      (record) => record.path.startsWith(input.PathPrefix ?? '/'),
    );
    return { Users: items.map(userSummary), ...page };
  },
});
