import type { ListAccountsRequest, ListAccountsResponse } from '@aws-sdk/client-organizations';
import { managementOperation } from '../management-operation.ts';
import { byId, pageOf } from '../paging.ts';
import { accountShape } from '../shapes.ts';

/** spec: ORG-LIST-1 */
export const listAccounts = managementOperation<ListAccountsRequest, ListAccountsResponse, null>({
  name: 'ListAccounts',
  find: () => null,
  resources: () => ['*'],
  operate(input, { tree }) {
    const { items, ...next } = pageOf(
      byId(Object.values(tree.accounts), ({ id }) => id),
      input,
      ({ id }) => id,
    );
    return Promise.resolve({ Accounts: items.map((account) => accountShape(account, tree)), ...next });
  },
});
