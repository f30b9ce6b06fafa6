import type { UpdateAccessKeyRequest } from '@aws-sdk/client-iam';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { attempt } from '../change-entity.ts';
import { findAccessKey } from '../find-access-key.ts';
import { assertValid, statusFaults, userNameFaults } from '../input-faults.ts';
import { resolveUser } from '../own-user.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { accessKeys } from '../ports.ts';

export const updateAccessKey = operation({
  name: 'UpdateAccessKey',
  validate: (input: UpdateAccessKeyRequest) =>
    assertValid(
      ...(input.UserName === undefined ? [] : userNameFaults(input.UserName)),
      required('accessKeyId', input.AccessKeyId),
      lengthBetween('accessKeyId', input.AccessKeyId, 16, 128),
      ...statusFaults(input.Status),
    ),
  resolve: (input, context: IamContext) => resolveUser(input.UserName, context),
  authorization: (_input, { name, found }, context) => [
    iamPermission('UpdateAccessKey', entityArn(context, 'user', name, found), context),
  ],
  async operate(input, named, context) {
    // spec: IAMAPI-KEY-1
    const status = input.Status === 'Active' ? 'Active' : 'Inactive';
    await attempt(async () => {
      const key = await findAccessKey(input.AccessKeyId, named, context);
      const change = put(accessKeys, key.key, { ...key.value, status }, { ifRevision: key.revision });
      return (await context.ports.records.commit([change])) === 'committed' ? true : null;
    });
    return {};
  },
});
