import type { DeleteOrganizationalUnitRequest } from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { organizationsErrors } from '../errors.ts';
import { findUnit } from '../find-unit.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import type { UnitRecord } from '../ports.ts';
import { without } from '../tree.ts';

/** spec: ORG-UNIT-1 */
export const deleteOrganizationalUnit = managementOperation<
  DeleteOrganizationalUnitRequest,
  object,
  UnitRecord
>({
  name: 'DeleteOrganizationalUnit',
  find: ({ OrganizationalUnitId }, tree) => findUnit(OrganizationalUnitId, tree),
  resources: ({ id }, tree) => [targetArn(id, tree)],
  async operate(_, of, context) {
    const { tree, found } = of;
    const children = [...Object.values(tree.units), ...Object.values(tree.accounts)];
    if (children.some(({ parentId }) => parentId === found.id)) throw organizationsErrors.unitNotEmpty();
    const units = without(tree.units, found.id);
    await changeOrganization(
      of,
      { ...tree, units, attachments: without(tree.attachments, found.id) },
      context,
    );
    return {};
  },
});
