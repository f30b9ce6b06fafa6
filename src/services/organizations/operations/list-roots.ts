import type { ListRootsRequest, ListRootsResponse } from '@aws-sdk/client-organizations';
import { managementOperation } from '../management-operation.ts';
import { rootShape } from '../root-shape.ts';

/** There is one. spec: ORG-CREATE-1 */
export const listRoots = managementOperation<ListRootsRequest, ListRootsResponse, null>({
  name: 'ListRoots',
  find: () => null,
  resources: () => ['*'],
  operate: (_, { tree }) => Promise.resolve({ Roots: [rootShape(tree)] }),
});
