import { timingSafeEqual } from 'node:crypto';
import type { VerifyMacRequest, VerifyMacResponse } from '@aws-sdk/client-kms';
import { lengthBetween, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { newestMaterial } from '../cryptography.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertUsage } from '../key-specs.ts';
import { assertKeyState } from '../key-states.ts';
import { macEntries, macOf, validateMac } from '../mac.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const action = 'kms:VerifyMac';

/** A code that does not hold is an error, never an answer. spec: KMS-MAC-1 */
export const verifyMac = operation<VerifyMacRequest, VerifyMacResponse, KmsPorts, FoundKey>({
  name: 'VerifyMac',
  validate(input) {
    validateMac(input);
    assertConstraints(required('mac', input.Mac), lengthBetween('mac', input.Mac, 1, 6144));
  },
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: true, worksAcrossAccounts: true }, context);
  },
  authorization: (input, found, context) => [keyPermission(action, found, context, macEntries(input))],
  operate(input, { key }, context) {
    assertKeyState('VerifyMac', key);
    assertUsage('VerifyMac', key, 'GENERATE_VERIFY_MAC', input.MacAlgorithm ?? '');
    const expected = macOf(newestMaterial(key, context).material, input);
    const given = input.Mac ?? new Uint8Array();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw kmsErrors.invalidMac();
    if (input.DryRun === true) throw kmsErrors.dryRun();
    return Promise.resolve({ KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm });
  },
});
