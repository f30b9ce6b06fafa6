import type { SignRequest, SignResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import { newestMaterial } from '../cryptography.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertUsage } from '../key-specs.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertMessage, signingEntries, signMessage, validateSigning } from '../signing.ts';

const action = 'kms:Sign';

/** spec: KMS-SIGN-1 */
export const sign = operation<SignRequest, SignResponse, KmsPorts, FoundKey>({
  name: 'Sign',
  validate: validateSigning,
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: true, worksAcrossAccounts: true }, context);
  },
  authorization: (input, found, context) => [keyPermission(action, found, context, signingEntries(input))],
  operate(input, { key }, context) {
    assertKeyState('Sign', key);
    assertUsage('Sign', key, 'SIGN_VERIFY', input.SigningAlgorithm ?? '');
    assertMessage(input);
    if (input.DryRun === true) throw kmsErrors.dryRun();
    const signature = signMessage(newestMaterial(key, context).material, input, (length) =>
      context.randomBytes(length),
    );
    return Promise.resolve({
      KeyId: key.arn,
      Signature: signature,
      SigningAlgorithm: input.SigningAlgorithm,
    });
  },
});
