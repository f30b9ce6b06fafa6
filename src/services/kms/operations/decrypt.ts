import type { DecryptRequest, DecryptResponse } from '@aws-sdk/client-kms';
import { lengthBetween, oneOf } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { encryptionAlgorithms } from '../asymmetric-encryption.ts';
import { assertSourceKey, findCiphertextSource, type CiphertextSource } from '../ciphertext-source.ts';
import { assertEncryption, cryptographyEntries, decryptAs, encryptionOf } from '../cryptography.ts';
import { kmsErrors } from '../errors.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const action = 'kms:Decrypt';

/** The key stands in the blob; a KeyId that is sent must be that key. spec: KMS-CIPHER-3 */
export const decrypt = operation<DecryptRequest, DecryptResponse, KmsPorts, CiphertextSource>({
  name: 'Decrypt',
  validate: (input) =>
    assertConstraints(
      lengthBetween('ciphertextBlob', input.CiphertextBlob, 1, 6144),
      lengthBetween('keyId', input.KeyId, 1, 2048),
      oneOf('encryptionAlgorithm', input.EncryptionAlgorithm, encryptionAlgorithms),
    ),
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    const encryption = encryptionOf(input.EncryptionAlgorithm);
    return findCiphertextSource(
      { blob: input.CiphertextBlob, keyId: input.KeyId, encryption, action },
      context,
    );
  },
  authorization: (input, { found }, context) => [
    keyPermission(
      action,
      found,
      context,
      cryptographyEntries(input.EncryptionContext, input.EncryptionAlgorithm),
    ),
  ],
  operate(input, source, context) {
    const { key } = source.found;
    const encryption = encryptionOf(input.EncryptionAlgorithm, input.EncryptionContext);
    assertSourceKey(source);
    assertKeyState('Decrypt', key);
    assertEncryption('Decrypt', key, encryption);
    const blob = input.CiphertextBlob ?? new Uint8Array();
    const plaintext = decryptAs(encryption, key, { opened: source.opened, blob }, context);
    if (input.DryRun === true) throw kmsErrors.dryRun();
    return Promise.resolve({
      Plaintext: plaintext,
      KeyId: key.arn,
      EncryptionAlgorithm: encryption.algorithm,
      KeyMaterialId: source.opened?.materialId,
    });
  },
});
