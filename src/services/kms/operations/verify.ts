import type { VerifyRequest, VerifyResponse } from '@aws-sdk/client-kms';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { newestMaterial } from '../cryptography.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertUsage } from '../key-specs.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertMessage, isSignature, signingEntries, validateSigning } from '../signing.ts';
import { assertConstraints } from '../validate.ts';

const action = 'kms:Verify';

/** A signature that does not hold is an error, never an answer. spec: KMS-SIGN-1 */
export const verify = operation<VerifyRequest, VerifyResponse, KmsPorts, FoundKey>({
  name: 'Verify',
  validate(input) {
    validateSigning(input);
    assertConstraints(
      required('signature', input.Signature),
      lengthBetween('signature', input.Signature, 1, 6144),
    );
  },
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: true, worksAcrossAccounts: true }, context);
  },
  authorization: (input, found, context) => [keyPermission(action, found, context, signingEntries(input))],
  operate(input, { key }, context) {
    assertKeyState('Verify', key);
    assertUsage('Verify', key, 'SIGN_VERIFY', input.SigningAlgorithm ?? '');
    assertMessage(input);
    const { material } = newestMaterial(key, context);
    if (!isSignature(material, input, input.Signature ?? new Uint8Array()))
      throw kmsErrors.invalidSignature();
    if (input.DryRun === true) throw kmsErrors.dryRun();
    return Promise.resolve({
      KeyId: key.arn,
      SignatureValid: true,
      SigningAlgorithm: input.SigningAlgorithm,
    });
  },
});
