import type { DisableKeyRotationRequest } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertSymmetric } from '../key-specs.ts';
import { changeInState, findOwnKey } from '../own-key.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'DisableKeyRotation';

/** spec: KMS-ROTATE-1 */
export const disableKeyRotation = operation<DisableKeyRotationRequest, object, KmsPorts, FoundKey>({
  name,
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (_, found, context) => [keyPermission(`kms:${name}`, found, context)],
  async operate(_, found, context) {
    assertSymmetric(found.key);
    await changeInState(name, found, context, ({ rotation: _ended, ...key }) => key);
    return {};
  },
});
