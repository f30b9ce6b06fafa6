import type {
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
} from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { role } from '../entity-kind.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { assertValid, roleNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';

// There are no instance profiles here; tools ask before they delete a role.
export const listInstanceProfilesForRole = operation({
  name: 'ListInstanceProfilesForRole',
  validate: (input: ListInstanceProfilesForRoleRequest) => assertValid(...roleNameFaults(input.RoleName)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, role, caller.account, input.RoleName ?? ''),
  authorization: (input, found, context) => [
    iamPermission('ListInstanceProfilesForRole', entityArn(context, 'role', input.RoleName, found), context),
  ],
  operate(input, found): Promise<ListInstanceProfilesForRoleResponse> {
    assertFound(found, role, input.RoleName);
    return Promise.resolve({ InstanceProfiles: [], IsTruncated: false });
  },
});
