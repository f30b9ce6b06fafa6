import type { GetKeyPolicyRequest, GetKeyPolicyResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:GetKeyPolicy';

export const getKeyPolicy = operation<GetKeyPolicyRequest, GetKeyPolicyResponse, KmsPorts, FoundKey>({
  name: 'GetKeyPolicy',
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
  resolve: (input, context) =>
    findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: false }, context),
  authorization: (_, found, context) => [keyPermission(action, found, context)],
  operate(input, { key }) {
    const name = input.PolicyName ?? 'default';
    if (name !== 'default') throw kmsErrors.noSuchPolicy();
    return Promise.resolve({ Policy: key.policy, PolicyName: name });
  },
});
