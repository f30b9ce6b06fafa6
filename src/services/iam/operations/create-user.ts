import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { held } from '../attached-policies.ts';
import { attempt } from '../change-entity.ts';
import { iamErrors } from '../errors.ts';
import { iamArn } from '../iam-arn.ts';
import { newUniqueId } from '../identifiers.ts';
import { arnFaults, assertValid, pathFaults, readTags, tagFaults, userNameFaults } from '../input-faults.ts';
import { attachablePolicy } from '../managed-policies.ts';
import { boundaryKeys, entityArn, iamPermission, requestTagKeys, type IamContext } from '../permission.ts';
import { nameKey, users, type UserRecord } from '../ports.ts';
import { userShape } from '../sdk-shapes.ts';

export const createUser = operation({
  name: 'CreateUser',
  validate: (input: CreateUserRequest) =>
    assertValid(
      ...userNameFaults(input.UserName, 64),
      ...pathFaults(input.Path),
      ...(input.PermissionsBoundary === undefined
        ? []
        : arnFaults('permissionsBoundary', input.PermissionsBoundary)),
      ...tagFaults(input.Tags),
    ),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission('CreateUser', entityArn(context, 'user', input.UserName, null, input.Path), context, [
      ...boundaryKeys(input.PermissionsBoundary),
      ...requestTagKeys(input.Tags),
    ]),
  ],
  async operate(input, _none, context): Promise<CreateUserResponse> {
    const { UserName: name = '', Path: path = '/', PermissionsBoundary: boundary = null } = input;
    const { ports, partition } = context;
    const { account } = context.caller;
    const record: UserRecord = {
      account,
      partition,
      path,
      name,
      id: newUniqueId(context, 'AIDA'),
      arn: iamArn({ partition, account, kind: 'user', path, name }),
      createdAtMillis: context.nowMillis(),
      inlinePolicies: [],
      attachedPolicies: [],
      permissionsBoundary: boundary,
      tags: readTags(input.Tags),
    };
    await attempt(async () => {
      const along = boundary === null ? [] : held(await attachablePolicy(ports.records, account, boundary));
      const key = nameKey(account, name);
      const outcome = await ports.records.commit([put(users, key, record, { ifRevision: 0 }), ...along]);
      if (outcome === 'committed') return record;
      if ((await ports.records.get(users, key)) !== null)
        throw iamErrors.entityExists({ kind: 'User', name });
      return null;
    });
    return { User: userShape(record) };
  },
});
