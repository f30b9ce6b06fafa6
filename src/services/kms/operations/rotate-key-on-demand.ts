import type { RotateKeyOnDemandRequest, RotateKeyOnDemandResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { kmsErrors } from '../errors.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertSymmetric } from '../key-specs.ts';
import { changeInState, findOwnKey } from '../own-key.ts';
import type { KmsPorts } from '../ports.ts';
import { rotated } from '../rotation.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'RotateKeyOnDemand';
const rotationsMax = 25;

/** Done at once, and the automatic rotations keep their dates. spec: KMS-ROTATE-1, KMS-ROTATE-3 */
export const rotateKeyOnDemand = operation<
  RotateKeyOnDemandRequest,
  RotateKeyOnDemandResponse,
  KmsPorts,
  FoundKey
>({
  name,
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (_, found, context) => [keyPermission(`kms:${name}`, found, context)],
  async operate(_, found, context) {
    assertSymmetric(found.key);
    await changeInState(name, found, context, (key) => {
      const made = key.materials.filter((material) => material.rotation?.type === 'ON_DEMAND');
      if (made.length >= rotationsMax) throw kmsErrors.tooManyRotations({ arn: key.arn });
      return rotated(key, 'ON_DEMAND', context.nowMillis(), context);
    });
    return { KeyId: found.key.arn };
  },
});
