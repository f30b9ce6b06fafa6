import type {
  CreateOrganizationalUnitRequest,
  CreateOrganizationalUnitResponse,
} from '@aws-sdk/client-organizations';
import { targetArn } from '../arns.ts';
import { organizationsErrors } from '../errors.ts';
import { findParent } from '../find-parent.ts';
import { changeOrganization, managementOperation } from '../management-operation.ts';
import { lowerCaseAlphabet } from '../new-id.ts';
import { unitShape } from '../shapes.ts';
import { chainOf, defaultAttachments } from '../tree.ts';

/** Units within units, five deep. */
const depthMax = 5;

/** spec: ORG-UNIT-1 */
export const createOrganizationalUnit = managementOperation<
  CreateOrganizationalUnitRequest,
  CreateOrganizationalUnitResponse,
  string
>({
  name: 'CreateOrganizationalUnit',
  find: ({ ParentId }, tree) => findParent(ParentId, tree),
  resources: (parentId, tree) => [targetArn(parentId, tree)],
  async operate({ Name = '' }, of, context) {
    const { tree, found: parentId } = of;
    if (Name === '' || Name.length > 128)
      throw organizationsErrors.invalidInput({ message: 'You specified an invalid value: Name.' });
    if (Object.values(tree.units).some((unit) => unit.parentId === parentId && unit.name === Name))
      throw organizationsErrors.duplicateUnit();
    if (chainOf(parentId, tree).length > depthMax)
      throw organizationsErrors.constraint({ message: 'You have exceeded the maximum depth of units.' });
    const id = `ou-${tree.rootId.slice(2)}-${context.newToken(8, lowerCaseAlphabet)}`;
    const unit = { id, name: Name, parentId };
    await changeOrganization(
      of,
      {
        ...tree,
        units: { ...tree.units, [id]: unit },
        attachments: { ...tree.attachments, [id]: defaultAttachments(tree) },
      },
      context,
    );
    return { OrganizationalUnit: unitShape(unit, tree) };
  },
});
