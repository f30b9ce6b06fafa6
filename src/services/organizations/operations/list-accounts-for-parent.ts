import type {
  ListAccountsForParentRequest,
  ListAccountsForParentResponse,
} from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { findParent } from '../find-parent.ts';
import { managementOperation } from '../management-operation.ts';
import { byId, pageOf } from '../paging.ts';
import { accountShape } from '../shapes.ts';

/** spec: ORG-LIST-1 */
export const listAccountsForParent = managementOperation<
  ListAccountsForParentRequest,
  ListAccountsForParentResponse,
  string
>({
  name: 'ListAccountsForParent',
  find: ({ ParentId }, tree) => findParent(ParentId, tree),
  resources: (parentId, tree) => [targetArn(parentId, tree)],
  operate(input, { tree, found }) {
    const accounts = Object.values(tree.accounts).filter(({ parentId }) => parentId === found);
    const { items, ...next } = pageOf(
      byId(accounts, ({ id }) => id),
      input,
      ({ id }) => id,
    );
    return Promise.resolve({ Accounts: items.map((account) => accountShape(account, tree)), ...next });
  },
});
