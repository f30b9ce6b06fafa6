import type { ListParentsRequest, ListParentsResponse } from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { organizationsErrors } from '../errors.ts';
import { managementOperation } from '../management-operation.ts';
import { parentOf } from '../tree.ts';

export interface Found {
  readonly childId: string;
  readonly parentId: string;
}

/** spec: ORG-LIST-1 */
export const listParents = managementOperation<ListParentsRequest, ListParentsResponse, Found>({
  name: 'ListParents',
  find({ ChildId = '' }, tree) {
    const parentId = parentOf(ChildId, tree);
    if (parentId === null) throw organizationsErrors.childNotFound();
    return { childId: ChildId, parentId };
  },
  resources: ({ childId }, tree) => [targetArn(childId, tree)],
  operate: (_, { found: { parentId }, tree }) =>
    Promise.resolve({
      Parents: [{ Id: parentId, Type: parentId === tree.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }],
    }),
});
