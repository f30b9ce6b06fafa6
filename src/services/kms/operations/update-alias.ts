import type { UpdateAliasRequest } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { put } from '../../records.ts';
import { aliasesMax, aliasPermission, assertAliasName } from '../alias-name.ts';
import { kmsErrors } from '../errors.ts';
import { findAlias, type FoundAlias } from '../find-alias.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { keyTypeOf } from '../key-specs.ts';
import { assertKeyState } from '../key-states.ts';
import { aliases, keys, type KeyRecord, type KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:UpdateAlias';

export interface Resources extends FoundAlias {
  readonly next: FoundKey;
}

/** The alias, the key it points to and the key it shall point to each need the permission. spec: KMS-PERM-2 */
export const updateAlias = operation<UpdateAliasRequest, object, KmsPorts, Resources>({
  name: 'UpdateAlias',
  validate(input) {
    assertAliasName(input.AliasName);
    assertConstraints(...keyIdFaults(input.TargetKeyId, 'targetKeyId'));
    if (input.TargetKeyId?.startsWith('alias/')) throw kmsErrors.aliasTarget();
  },
  async resolve(input, context) {
    const naming = { action, takesAliases: false, worksAcrossAccounts: false };
    return {
      ...(await findAlias(input.AliasName ?? '', context)),
      next: await findKey(input.TargetKeyId ?? '', naming, context),
    };
  },
  authorization: (input, { target, next }, context) => [
    aliasPermission(action, input.AliasName ?? '', context),
    ...(target === null ? [] : [keyPermission(action, target, context)]),
    keyPermission(action, next, context),
  ],
  async operate(_, { alias, target, next }, context) {
    const { records } = context.ports;
    assertKeyState('UpdateAlias', next.key);
    if (target !== null) assertSameKind(alias.key, target.key, next.key);
    const name = alias.value.name;
    const moved = { ...alias.value, targetArn: next.key.arn, updatedAtMillis: context.nowMillis() };
    const [from, to] = [
      target === null ? null : await records.get(keys, target.key.arn),
      await records.get(keys, next.key.arn),
    ];
    if (to === null) throw kmsErrors.keyDoesNotExist({ arn: next.key.arn });
    if (!to.value.aliases.includes(name) && to.value.aliases.length >= aliasesMax)
      throw kmsErrors.tooManyAliases({ arn: to.key });
    const without = (names: readonly string[]) => names.filter((other) => other !== name);
    const changes = [
      put(aliases, alias.key, moved, { ifRevision: alias.revision }),
      put(
        keys,
        to.key,
        { ...to.value, aliases: [...without(to.value.aliases), name].sort() },
        { ifRevision: to.revision },
      ),
      ...(from === null || from.key === to.key
        ? []
        : [
            put(
              keys,
              from.key,
              { ...from.value, aliases: without(from.value.aliases) },
              { ifRevision: from.revision },
            ),
          ]),
    ];
    if ((await records.commit(changes)) === 'conflict') throw kmsErrors.conflict();
    return {};
  },
});

/**
 * What uses an alias must not find that it became something else.
 * spec: KMS-ALIAS-1
 */
function assertSameKind(arn: string, from: KeyRecord, to: KeyRecord): void {
  const kind = (key: KeyRecord) => `${keyTypeOf(key)} ${key.keyUsage}`;
  if (kind(from) !== kind(to)) throw kmsErrors.aliasOtherType({ arn, from: kind(from), to: kind(to) });
}
