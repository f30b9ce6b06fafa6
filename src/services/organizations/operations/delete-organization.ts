import { remove } from '../../records.ts';
import { organizationsErrors } from '../errors.ts';
import { managementOperation } from '../management-operation.ts';
import { organizationPolicies, organizationTrees } from '../ports.ts';

/** spec: ORG-CREATE-2 */
export const deleteOrganization = managementOperation<object, object, null>({
  name: 'DeleteOrganization',
  find: () => null,
  resources: () => ['*'],
  async operate(_, { stored, tree }, { ports }) {
    if (Object.keys(tree.accounts).length > 1 || Object.keys(tree.units).length > 0)
      throw organizationsErrors.notEmpty();
    const policies = await ports.records.list(organizationPolicies, { limit: Infinity });
    const committed = await ports.records.commit([
      remove(organizationTrees, stored.key, { ifRevision: stored.revision }),
      ...policies.map(({ key }) => remove(organizationPolicies, key)),
    ]);
    if (committed === 'conflict') throw organizationsErrors.busy();
    return {};
  },
});
