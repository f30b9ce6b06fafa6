import type { EnableKeyRotationRequest } from '@aws-sdk/client-kms';
import { present } from '../../../policy/context.ts';
import { numberBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertSymmetric } from '../key-specs.ts';
import { changeInState, findOwnKey } from '../own-key.ts';
import type { KmsPorts } from '../ports.ts';
import { nextRotationMillis, rotationPeriodDefaultDays } from '../rotation.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'EnableKeyRotation';

/** The period counts from now, also where the key rotated before. spec: KMS-ROTATE-1, KMS-ROTATE-4, KMS-CTX-4 */
export const enableKeyRotation = operation<EnableKeyRotationRequest, object, KmsPorts, FoundKey>({
  name,
  validate: (input) =>
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      numberBetween('rotationPeriodInDays', input.RotationPeriodInDays, 90, 2560),
    ),
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (input, found, context) => [
    keyPermission(
      `kms:${name}`,
      found,
      context,
      input.RotationPeriodInDays === undefined
        ? []
        : [['kms:RotationPeriodInDays', present(input.RotationPeriodInDays)]],
    ),
  ],
  async operate(input, found, context) {
    const periodDays = input.RotationPeriodInDays ?? rotationPeriodDefaultDays;
    assertSymmetric(found.key);
    await changeInState(name, found, context, (key) => ({
      ...key,
      rotation: { periodDays, nextAtMillis: nextRotationMillis(context.nowMillis(), periodDays) },
    }));
    return {};
  },
});
