import type { CreateAliasRequest } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { aliasesMax, aliasPermission, assertAliasName } from '../alias-name.ts';
import { changeKey } from '../change-key.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, localArn, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import { aliases, type KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:CreateAlias';

/** The alias and the key each need the permission. spec: KMS-PERM-2 */
export const createAlias = operation<CreateAliasRequest, object, KmsPorts, FoundKey>({
  name: 'CreateAlias',
  validate(input) {
    assertAliasName(input.AliasName);
    assertConstraints(...keyIdFaults(input.TargetKeyId, 'targetKeyId'));
    if (input.TargetKeyId?.startsWith('alias/')) throw kmsErrors.aliasTarget();
  },
  resolve: (input, context) =>
    findKey(input.TargetKeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: false }, context),
  authorization: (input, found, context) => [
    aliasPermission(action, input.AliasName ?? '', context),
    keyPermission(action, found, context),
  ],
  async operate(input, { key }, context) {
    const name = input.AliasName ?? '';
    const arn = localArn(name, context);
    assertKeyState('CreateAlias', key);
    if ((await context.ports.records.get(aliases, arn)) !== null) throw kmsErrors.aliasExists({ arn });
    const nowMillis = context.nowMillis();
    const record = { arn, name, targetArn: key.arn, createdAtMillis: nowMillis, updatedAtMillis: nowMillis };
    await changeKey(
      key.arn,
      context,
      (current) => {
        assertKeyState('CreateAlias', current);
        if (current.aliases.length >= aliasesMax) throw kmsErrors.tooManyAliases({ arn: key.arn });
        return { ...current, aliases: [...current.aliases, name].sort() };
      },
      () => [put(aliases, arn, record, { ifRevision: 0 })],
    );
    return {};
  },
});
