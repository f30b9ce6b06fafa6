import type {
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
} from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { findParent } from '../find-parent.ts';
import { managementOperation } from '../management-operation.ts';
import { byId, pageOf } from '../paging.ts';
import { unitShape } from '../shapes.ts';

/** spec: ORG-LIST-1 */
export const listOrganizationalUnitsForParent = managementOperation<
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
  string
>({
  name: 'ListOrganizationalUnitsForParent',
  find: ({ ParentId }, tree) => findParent(ParentId, tree),
  resources: (parentId, tree) => [targetArn(parentId, tree)],
  operate(input, { tree, found }) {
    const units = Object.values(tree.units).filter(({ parentId }) => parentId === found);
    const { items, ...next } = pageOf(
      byId(units, ({ id }) => id),
      input,
      ({ id }) => id,
    );
    return Promise.resolve({ OrganizationalUnits: items.map((unit) => unitShape(unit, tree)), ...next });
  },
});
