import type { DeleteAliasRequest } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { aliasPermission, assertAliasName } from '../alias-name.ts';
import { changeKey } from '../change-key.ts';
import { findAlias, type FoundAlias } from '../find-alias.ts';
import { keyPermission } from '../key-permission.ts';
import { aliases, type KmsPorts } from '../ports.ts';

const action = 'kms:DeleteAlias';

/** The key itself is not touched. */
export const deleteAlias = operation<DeleteAliasRequest, object, KmsPorts, FoundAlias>({
  name: 'DeleteAlias',
  validate: (input) => assertAliasName(input.AliasName),
  resolve: (input, context) => findAlias(input.AliasName ?? '', context),
  authorization: (input, { target }, context) => [
    aliasPermission(action, input.AliasName ?? '', context),
    ...(target === null ? [] : [keyPermission(action, target, context)]),
  ],
  async operate(_, { alias, target }, context) {
    const gone = remove(aliases, alias.key, { ifRevision: alias.revision });
    if (target === null) {
      await context.ports.records.commit([gone]);
      return {};
    }
    await changeKey(
      target.key.arn,
      context,
      (key) => ({ ...key, aliases: key.aliases.filter((name) => name !== alias.value.name) }),
      () => [gone],
    );
    return {};
  },
});
