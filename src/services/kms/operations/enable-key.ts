import type { EnableKeyRequest } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { changeKey } from '../change-key.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { withRotationResumed } from '../rotation.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:EnableKey';

export const enableKey = operation<EnableKeyRequest, object, KmsPorts, FoundKey>({
  name: 'EnableKey',
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
  resolve: (input, context) =>
    findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: false }, context),
  authorization: (_, found, context) => [keyPermission(action, found, context)],
  async operate(_, { key }, context) {
    await changeKey(key.arn, context, (current) => {
      assertKeyState('EnableKey', current);
      return withRotationResumed({ ...current, state: 'Enabled' }, context.nowMillis());
    });
    return {};
  },
});
