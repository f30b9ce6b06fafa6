import type { EncryptRequest, EncryptResponse } from '@aws-sdk/client-kms';
import { lengthBetween, oneOf, required } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { encryptionAlgorithms } from '../asymmetric-encryption.ts';
import { assertEncryption, cryptographyEntries, encryptAs, encryptionOf } from '../cryptography.ts';
import { assertContextSize } from '../encryption-context.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:Encrypt';

export const encrypt = operation<EncryptRequest, EncryptResponse, KmsPorts, FoundKey>({
  name: 'Encrypt',
  validate(input) {
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      required('plaintext', input.Plaintext),
      lengthBetween('plaintext', input.Plaintext, 1, 4096),
      oneOf('encryptionAlgorithm', input.EncryptionAlgorithm, encryptionAlgorithms),
    );
    assertContextSize(input.EncryptionContext);
  },
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: true, worksAcrossAccounts: true }, context);
  },
  authorization: (input, found, context) => [
    keyPermission(
      action,
      found,
      context,
      cryptographyEntries(input.EncryptionContext, input.EncryptionAlgorithm),
    ),
  ],
  operate(input, { key }, context) {
    const encryption = encryptionOf(input.EncryptionAlgorithm, input.EncryptionContext);
    assertKeyState('Encrypt', key);
    assertEncryption('Encrypt', key, encryption);
    const { blob } = encryptAs(encryption, key, input.Plaintext ?? new Uint8Array(), context);
    if (input.DryRun === true) throw kmsErrors.dryRun();
    return Promise.resolve({
      CiphertextBlob: blob,
      KeyId: key.arn,
      EncryptionAlgorithm: encryption.algorithm,
    });
  },
});
