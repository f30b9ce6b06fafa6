import type { ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse } from '@aws-sdk/client-iam';
import { findManagedPolicy } from '../../../aws/managed-policies/managed-policy.ts';
import { operation } from '../../operation.ts';
import { iamErrors } from '../errors.ts';
import { arnFaults, assertValid, pageFaults } from '../input-faults.ts';
import { pageOf } from '../paging.ts';
import type { IamContext } from '../permission.ts';
import { policyPermission, resolvePolicy } from '../policy-operation.ts';
import { attachedTo, boundaryOf, type PolicyBearers } from '../policy-use.ts';
import type { EntityRecord } from '../ports.ts';

export const listEntitiesForPolicy = operation({
  name: 'ListEntitiesForPolicy',
  validate: (input: ListEntitiesForPolicyRequest) =>
    assertValid(...arnFaults('policyArn', input.PolicyArn), ...pageFaults(input)),
  resolve: (input, context: IamContext) => resolvePolicy(input.PolicyArn, context),
  authorization: (input, found, context) =>
    policyPermission('ListEntitiesForPolicy', input.PolicyArn, found, context),
  async operate(input, found, { ports, caller }): Promise<ListEntitiesForPolicyResponse> {
    const { PolicyArn: arn = '' } = input;
    if (found === null && findManagedPolicy(arn) === null) throw iamErrors.policyNotFound({ arn });
    const bearersOf = input.PolicyUsageFilter === 'PermissionsBoundary' ? boundaryOf : attachedTo;
    const bearers = await bearersOf(ports.records, caller.account, arn);
    const { items, ...page } = pageOf(inOrder(bearers, input), input, ({ key }) => key);
    const shown = (kind: string) => items.filter((item) => item.kind === kind).map((item) => item.record);
    return {
      PolicyGroups: shown('Group').map((record) => ({ GroupName: record.name, GroupId: record.id })),
      PolicyRoles: shown('Role').map((record) => ({ RoleName: record.name, RoleId: record.id })),
      PolicyUsers: shown('User').map((record) => ({ UserName: record.name, UserId: record.id })),
      ...page,
    };
  },
});

interface Bearer {
  readonly key: string;
  readonly kind: string;
  readonly record: EntityRecord;
}

function inOrder(bearers: PolicyBearers, input: ListEntitiesForPolicyRequest): readonly Bearer[] {
  return Object.entries({ Group: bearers.groups, Role: bearers.roles, User: bearers.users })
    .filter(([kind]) => input.EntityFilter === undefined || input.EntityFilter === kind)
    .flatMap(([kind, records]) => records.map((record) => ({ key: `${kind}/${record.name}`, kind, record })))
    .filter(({ record }) => record.path.startsWith(input.PathPrefix ?? '/'))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
