import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { user } from '../entity-kind.ts';
import { assertFound } from '../find-entity.ts';
import { assertValid, userNameFaults } from '../input-faults.ts';
import { resolveUser } from '../own-user.ts';
import { entityArn, iamPermission, resourceTagKeys, type IamContext } from '../permission.ts';
import { userShape } from '../sdk-shapes.ts';

export const getUser = operation({
  name: 'GetUser',
  validate: (input: GetUserRequest) =>
    assertValid(...(input.UserName === undefined ? [] : userNameFaults(input.UserName))),
  resolve: (input, context: IamContext) => resolveUser(input.UserName, context),
  authorization: (_input, { name, found }, context) => [
    iamPermission(
      'GetUser',
      entityArn(context, 'user', name, found),
      context,
      resourceTagKeys(found?.value.tags),
    ),
  ],
  operate: (_input, { name, found }): Promise<GetUserResponse> =>
    Promise.resolve({ User: userShape(assertFound(found, user, name).value) }),
});
