import type { CreateGroupRequest, CreateGroupResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { iamErrors } from '../errors.ts';
import { iamArn } from '../iam-arn.ts';
import { newUniqueId } from '../identifiers.ts';
import { assertValid, groupNameFaults, pathFaults } from '../input-faults.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { groups, nameKey, type GroupRecord } from '../ports.ts';
import { groupShape } from '../sdk-shapes.ts';

export const createGroup = operation({
  name: 'CreateGroup',
  validate: (input: CreateGroupRequest) =>
    assertValid(...groupNameFaults(input.GroupName), ...pathFaults(input.Path)),
  resolve: () => Promise.resolve(null),
  authorization: (input, _none, context: IamContext) => [
    iamPermission('CreateGroup', entityArn(context, 'group', input.GroupName, null, input.Path), context),
  ],
  async operate(input, _none, context): Promise<CreateGroupResponse> {
    const { GroupName: name = '', Path: path = '/' } = input;
    const { partition } = context;
    const { account } = context.caller;
    const record: GroupRecord = {
      account,
      partition,
      path,
      name,
      id: newUniqueId(context, 'AGPA'),
      arn: iamArn({ partition, account, kind: 'group', path, name }),
      createdAtMillis: context.nowMillis(),
      inlinePolicies: [],
      attachedPolicies: [],
      members: [],
    };
    const creation = put(groups, nameKey(account, name), record, { ifRevision: 0 });
    if ((await context.ports.records.commit([creation])) === 'conflict') {
      throw iamErrors.entityExists({ kind: 'Group', name });
    }
    return { Group: groupShape(record) };
  },
});
