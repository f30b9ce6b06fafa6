import type { PutKeyPolicyRequest } from '@aws-sdk/client-kms';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { changeKey } from '../change-key.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyPolicy, bypassEntry } from '../key-policy.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:PutKeyPolicy';

/** spec: KMS-KEYPOLICY-2 */
export const putKeyPolicy = operation<PutKeyPolicyRequest, object, KmsPorts, FoundKey>({
  name: 'PutKeyPolicy',
  validate: (input) =>
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      required('policy', input.Policy),
      lengthBetween('policy', input.Policy, 1, 131_072),
    ),
  resolve: (input, context) =>
    findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: false }, context),
  authorization: (input, found, context) => [
    keyPermission(action, found, context, bypassEntry(input.BypassPolicyLockoutSafetyCheck)),
  ],
  async operate(input, { key }, context) {
    assertKeyState('PutKeyPolicy', key);
    if ((input.PolicyName ?? 'default') !== 'default') throw kmsErrors.noSuchPolicy();
    const policy = input.Policy ?? '';
    await assertKeyPolicy({ ...key, policy }, context, input.BypassPolicyLockoutSafetyCheck);
    await changeKey(key.arn, context, (current) => ({ ...current, policy }));
    return {};
  },
});
