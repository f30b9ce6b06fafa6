import type { ListKeyPoliciesRequest, ListKeyPoliciesResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:ListKeyPolicies';

/** A key has one policy, and its name is always `default`. */
export const listKeyPolicies = operation<ListKeyPoliciesRequest, ListKeyPoliciesResponse, KmsPorts, FoundKey>(
  {
    name: 'ListKeyPolicies',
    validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
    resolve: (input, context) =>
      findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: false }, context),
    authorization: (_, found, context) => [keyPermission(action, found, context)],
    operate: () => Promise.resolve({ PolicyNames: ['default'], Truncated: false }),
  },
);
