import type { GetKeyRotationStatusRequest, GetKeyRotationStatusResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertSymmetric } from '../key-specs.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:GetKeyRotationStatus';

/** A key that is pending deletion does not rotate, and says so. spec: KMS-ROTATE-1 */
export const getKeyRotationStatus = operation<
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse,
  KmsPorts,
  FoundKey
>({
  name: 'GetKeyRotationStatus',
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
  resolve: (input, context) =>
    findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: true }, context),
  authorization: (_, found, context) => [keyPermission(action, found, context)],
  operate(_, { key }) {
    assertKeyState('GetKeyRotationStatus', key);
    assertSymmetric(key);
    const { rotation } = key;
    if (rotation === undefined || key.state === 'PendingDeletion')
      return Promise.resolve({ KeyId: key.arn, KeyRotationEnabled: false });
    return Promise.resolve({
      KeyId: key.arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.periodDays,
      NextRotationDate: new Date(rotation.nextAtMillis),
    });
  },
});
