import type { GetKeyRotationStatusRequest, GetKeyRotationStatusResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:GetKeyRotationStatus';

/** Rotation cannot be switched on here, so it never is. */
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
    return Promise.resolve({ KeyId: key.arn, KeyRotationEnabled: false });
  },
});
