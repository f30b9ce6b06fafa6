import type { CreateRoleRequest, CreateRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { held } from '../attached-policies.ts';
import { attempt } from '../change-entity.ts';
import { iamErrors } from '../errors.ts';
import { iamArn } from '../iam-arn.ts';
import { newUniqueId } from '../identifiers.ts';
import {
  arnFaults,
  assertValid,
  descriptionFaults,
  documentFaults,
  pathFaults,
  readTags,
  roleNameFaults,
  sessionDurationFaults,
  tagFaults,
} from '../input-faults.ts';
import { attachablePolicy } from '../managed-policies.ts';
import { boundaryKeys, entityArn, iamPermission, requestTagKeys, type IamContext } from '../permission.ts';
import { nameKey, roles, type RoleRecord } from '../ports.ts';
import { roleShape } from '../sdk-shapes.ts';
import { assertTrustPolicy } from '../trust-policy.ts';

export const createRole = operation({
  name: 'CreateRole',
  validate: (input: CreateRoleRequest) =>
    assertValid(
      ...roleNameFaults(input.RoleName),
      ...pathFaults(input.Path),
      ...documentFaults('assumeRolePolicyDocument', input.AssumeRolePolicyDocument),
      ...descriptionFaults(input.Description),
      ...sessionDurationFaults(input.MaxSessionDuration),
      ...(input.PermissionsBoundary === undefined
        ? []
        : arnFaults('permissionsBoundary', input.PermissionsBoundary)),
      ...tagFaults(input.Tags),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission('CreateRole', entityArn(context, 'role', input.RoleName, null, input.Path), context, [
      ...boundaryKeys(input.PermissionsBoundary),
      ...requestTagKeys(input.Tags),
    ]),
  ],
  async operate(input, _none, context): Promise<CreateRoleResponse> {
    const { ports, caller, partition } = context;
    const { RoleName: name = '', Path: path = '/', PermissionsBoundary: boundary = null } = input;
    const { account } = caller;
    await assertTrustPolicy(ports.records, input.AssumeRolePolicyDocument ?? '');
    const record: RoleRecord = {
      account,
      partition,
      path,
      name,
      id: newUniqueId(context, 'AROA'),
      arn: iamArn({ partition, account, kind: 'role', path, name }),
      createdAtMillis: context.nowMillis(),
      trustPolicy: input.AssumeRolePolicyDocument ?? '',
      description: input.Description ?? null,
      maxSessionSeconds: input.MaxSessionDuration ?? 3600,
      inlinePolicies: [],
      attachedPolicies: [],
      permissionsBoundary: boundary,
      tags: readTags(input.Tags),
    };
    await attempt(async () => {
      const along = boundary === null ? [] : held(await attachablePolicy(ports.records, account, boundary));
      const key = nameKey(account, name);
      const outcome = await ports.records.commit([put(roles, key, record, { ifRevision: 0 }), ...along]);
      if (outcome === 'committed') return record;
      if ((await ports.records.get(roles, key)) !== null)
        throw iamErrors.entityExists({ kind: 'Role', name });
      return null;
    });
    return { Role: roleShape(record) };
  },
});
