import type { ListChildrenRequest, ListChildrenResponse } from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { findParent } from '../find-parent.ts';
import { managementOperation } from '../management-operation.ts';
import { byId, pageOf } from '../paging.ts';

/** spec: ORG-LIST-1 */
export const listChildren = managementOperation<ListChildrenRequest, ListChildrenResponse, string>({
  name: 'ListChildren',
  find: ({ ParentId }, tree) => findParent(ParentId, tree),
  resources: (parentId, tree) => [targetArn(parentId, tree)],
  operate(input, { tree, found }) {
    const type = input.ChildType === 'ACCOUNT' ? 'ACCOUNT' : 'ORGANIZATIONAL_UNIT';
    const all: readonly { readonly id: string; readonly parentId: string }[] = Object.values(
      type === 'ACCOUNT' ? tree.accounts : tree.units,
    );
    const { items, ...next } = pageOf(
      byId(
        all.filter(({ parentId }) => parentId === found),
        ({ id }) => id,
      ),
      input,
      ({ id }) => id,
    );
    return Promise.resolve({ Children: items.map(({ id }) => ({ Id: id, Type: type })), ...next });
  },
});
