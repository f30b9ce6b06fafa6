import type { UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { changeEntity } from '../change-entity.ts';
import { role } from '../entity-kind.ts';
import { assertFound, findEntity } from '../find-entity.ts';
import { assertValid, documentFaults, roleNameFaults } from '../input-faults.ts';
import { entityArn, iamPermission, resourceTagKeys, type IamContext } from '../permission.ts';
import { assertModifiable } from '../service-linked.ts';
import { assertTrustPolicy } from '../trust-policy.ts';

export const updateAssumeRolePolicy = operation({
  name: 'UpdateAssumeRolePolicy',
  validate: (input: UpdateAssumeRolePolicyRequest) =>
    assertValid(...roleNameFaults(input.RoleName), ...documentFaults('policyDocument', input.PolicyDocument)),
  resolve: (input, { ports, caller }: IamContext) =>
    findEntity(ports.records, role, caller.account, input.RoleName ?? ''),
  authorization: (input, found, context) => [
    iamPermission(
      'UpdateAssumeRolePolicy',
      entityArn(context, 'role', input.RoleName, found),
      context,
      resourceTagKeys(found?.value.tags),
    ),
  ],
  async operate(input, found, { ports, caller }) {
    const { PolicyDocument: trustPolicy = '' } = input;
    assertModifiable(assertFound(found, role, input.RoleName).value);
    await assertTrustPolicy(ports.records, trustPolicy);
    await changeEntity(ports.records, role, caller.account, input.RoleName, (current) => ({
      next: { ...current, trustPolicy },
    }));
    return {};
  },
});
