import type { ListRolesRequest, ListRolesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { assertValid, pageFaults, pathFaults } from '../input-faults.ts';
import { pageOfRecords } from '../paging.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { nameKey, roles } from '../ports.ts';
import { roleSummary } from '../sdk-shapes.ts';

export const listRoles = operation({
  name: 'ListRoles',
  validate: (input: ListRolesRequest) =>
    assertValid(...pathFaults(input.PathPrefix, 'pathPrefix'), ...pageFaults(input)),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission('ListRoles', entityArn(context, 'role', '', null, input.PathPrefix), context),
  ],
  async operate(input, _none, { ports, caller }): Promise<ListRolesResponse> {
    const { items, ...page } = await pageOfRecords(
      (options) => ports.records.list(roles, { ...options, prefix: nameKey(caller.account, '') }),
      input,
      (record) => record.path.startsWith(input.PathPrefix ?? '/'),
    );
    return { Roles: items.map(roleSummary), ...page };
  },
});
