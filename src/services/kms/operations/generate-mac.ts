import type { GenerateMacRequest, GenerateMacResponse } from '@aws-sdk/client-kms';
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

const action = 'kms:GenerateMac';

/** spec: KMS-MAC-1 */
export const generateMac = operation<GenerateMacRequest, GenerateMacResponse, KmsPorts, FoundKey>({
  name: 'GenerateMac',
  validate: validateMac,
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: true, worksAcrossAccounts: true }, context);
  },
  authorization: (input, found, context) => [keyPermission(action, found, context, macEntries(input))],
  operate(input, { key }, context) {
    assertKeyState('GenerateMac', key);
    assertUsage('GenerateMac', key, 'GENERATE_VERIFY_MAC', input.MacAlgorithm ?? '');
    if (input.DryRun === true) throw kmsErrors.dryRun();
    const mac = macOf(newestMaterial(key, context).material, input);
    return Promise.resolve({ Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: key.arn });
  },
});
