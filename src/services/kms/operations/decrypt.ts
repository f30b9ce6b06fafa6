import type { DecryptRequest, DecryptResponse } from '@aws-sdk/client-kms';
import { lengthBetween, oneOf } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { OpenedHeader } from '../ciphertext.ts';
import { cryptographyEntries, decryptWith, openBlob } from '../cryptography.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { findCiphertextKey } from '../ciphertext-key.ts';
import { assertConstraints } from '../validate.ts';

const action = 'kms:Decrypt';

export interface Resources {
  readonly found: FoundKey;
  readonly opened: OpenedHeader;
}

/** The key stands in the blob; a KeyId that is sent must be that key. spec: KMS-CIPHER-3 */
export const decrypt = operation<DecryptRequest, DecryptResponse, KmsPorts, Resources>({
  name: 'Decrypt',
  validate: (input) =>
    assertConstraints(
      lengthBetween('ciphertextBlob', input.CiphertextBlob, 1, 6144),
      lengthBetween('keyId', input.KeyId, 1, 2048),
      oneOf('encryptionAlgorithm', input.EncryptionAlgorithm, ['SYMMETRIC_DEFAULT']),
    ),
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    const opened = openBlob(input.CiphertextBlob);
    if (input.KeyId === undefined) return { opened, found: await findCiphertextKey(opened, context) };
    const naming = { action, takesAliases: true, worksAcrossAccounts: true };
    return { opened, found: await findKey(input.KeyId, naming, context) };
  },
  authorization: (input, { found }, context) => [
    keyPermission(action, found, context, cryptographyEntries(input.EncryptionContext)),
  ],
  operate(input, { found: { key }, opened }, context) {
    if (opened.keyArn !== key.arn) throw kmsErrors.incorrectKey();
    assertKeyState('Decrypt', key);
    const plaintext = decryptWith(key, opened, input.EncryptionContext, context);
    if (input.DryRun === true) throw kmsErrors.dryRun();
    return Promise.resolve({
      Plaintext: plaintext,
      KeyId: key.arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: opened.materialId,
    });
  },
});
