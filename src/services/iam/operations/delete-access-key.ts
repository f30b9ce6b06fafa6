import type { DeleteAccessKeyRequest } from '@aws-sdk/client-iam';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { findAccessKey } from '../find-access-key.ts';
import { assertValid, userNameFaults } from '../input-faults.ts';
import { resolveUser } from '../own-user.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { accessKeys } from '../ports.ts';

export const deleteAccessKey = operation({
  name: 'DeleteAccessKey',
  validate: (input: DeleteAccessKeyRequest) =>
    assertValid(
      ...(input.UserName === undefined ? [] : userNameFaults(input.UserName)),
      required('accessKeyId', input.AccessKeyId),
      lengthBetween('accessKeyId', input.AccessKeyId, 16, 128),
    ),
  resolve: (input, context: IamContext) => resolveUser(input.UserName, context),
  authorization: (_input, { name, found }, context) => [
    iamPermission('DeleteAccessKey', entityArn(context, 'user', name, found), context),
  ],
  async operate(input, named, context) {
    const key = await findAccessKey(input.AccessKeyId, named, context);
    await context.ports.records.commit([remove(accessKeys, key.key)]);
    return {};
  },
});
