import { createPublicKey } from 'node:crypto';
import type { GetPublicKeyRequest, GetPublicKeyResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { newestMaterial } from '../cryptography.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { algorithmMembers, specMembers } from '../key-metadata.ts';
import { publicKeyInfo } from '../key-pair.ts';
import { keyPermission } from '../key-permission.ts';
import { keyTypeOf } from '../key-specs.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:GetPublicKey';

/** spec: KMS-SPEC-1 */
export const getPublicKey = operation<GetPublicKeyRequest, GetPublicKeyResponse, KmsPorts, FoundKey>({
  name: 'GetPublicKey',
  validate: (input) => assertConstraints(...keyIdFaults(input.KeyId)),
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: true, worksAcrossAccounts: true }, context);
  },
  authorization: (_, found, context) => [keyPermission(action, found, context)],
  operate(_, { key }, context) {
    assertKeyState('GetPublicKey', key);
    if (keyTypeOf(key) !== 'asymmetric')
      throw kmsErrors.keySpecNotValid({ arn: key.arn, keySpec: key.keySpec });
    return Promise.resolve({
      KeyId: key.arn,
      PublicKey: publicKeyInfo(createPublicKey(newestMaterial(key, context).material)),
      ...specMembers(key),
      KeyUsage: key.keyUsage,
      ...algorithmMembers(key),
    });
  },
});
