import type { ListAccessKeysRequest, ListAccessKeysResponse } from '@aws-sdk/client-iam';
import { operation } from '../../operation.ts';
import { user } from '../entity-kind.ts';
import { assertFound } from '../find-entity.ts';
import { assertValid, pageFaults, userNameFaults } from '../input-faults.ts';
import { resolveUser } from '../own-user.ts';
import { pageOf } from '../paging.ts';
import { entityArn, iamPermission, type IamContext } from '../permission.ts';
import { accessKeys } from '../ports.ts';

export const listAccessKeys = operation({
  name: 'ListAccessKeys',
  validate: (input: ListAccessKeysRequest) =>
    assertValid(
      ...(input.UserName === undefined ? [] : userNameFaults(input.UserName)),
      ...pageFaults(input),
    ),
  resolve: (input, context: IamContext) => resolveUser(input.UserName, context),
  authorization: (_input, { name, found }, context) => [
    iamPermission('ListAccessKeys', entityArn(context, 'user', name, found), context),
  ],
  async operate(input, { name, found }, { ports }): Promise<ListAccessKeysResponse> {
    const keys = await ports.records.find(accessKeys, 'user', assertFound(found, user, name).key);
    const { items, ...page } = pageOf(keys, input, ({ key }) => key);
    const AccessKeyMetadata = items.map(({ value }) => ({
      UserName: value.userName,
      AccessKeyId: value.accessKeyId,
      Status: value.status,
      CreateDate: new Date(value.createdAtMillis),
    }));
    return { AccessKeyMetadata, ...page };
  },
});
