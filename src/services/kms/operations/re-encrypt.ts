import type { ReEncryptRequest, ReEncryptResponse } from '@aws-sdk/client-kms';
import { present } from '../../../policy/context.ts';
import { lengthBetween, oneOf } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { encryptionAlgorithms } from '../asymmetric-encryption.ts';
import { assertSourceKey, findCiphertextSource, type CiphertextSource } from '../ciphertext-source.ts';
import {
  assertEncryption,
  cryptographyEntries,
  decryptAs,
  encryptAs,
  encryptionOf,
} from '../cryptography.ts';
import { assertContextSize } from '../encryption-context.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

export interface Resources {
  readonly source: CiphertextSource;
  readonly destination: FoundKey;
}

/** Two keys, two permissions. */
export const reEncrypt = operation<ReEncryptRequest, ReEncryptResponse, KmsPorts, Resources>({
  name: 'ReEncrypt',
  validate(input) {
    assertConstraints(
      ...keyIdFaults(input.DestinationKeyId, 'destinationKeyId'),
      lengthBetween('ciphertextBlob', input.CiphertextBlob, 1, 6144),
      lengthBetween('sourceKeyId', input.SourceKeyId, 1, 2048),
      oneOf('sourceEncryptionAlgorithm', input.SourceEncryptionAlgorithm, encryptionAlgorithms),
      oneOf('destinationEncryptionAlgorithm', input.DestinationEncryptionAlgorithm, encryptionAlgorithms),
    );
    assertContextSize(input.DestinationEncryptionContext);
  },
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    const request = {
      blob: input.CiphertextBlob,
      keyId: input.SourceKeyId,
      encryption: encryptionOf(input.SourceEncryptionAlgorithm),
      action: 'kms:ReEncryptFrom',
    };
    const naming = { action: 'kms:ReEncryptTo', takesAliases: true, worksAcrossAccounts: true };
    return {
      source: await findCiphertextSource(request, context),
      destination: await findKey(input.DestinationKeyId ?? '', naming, context),
    };
  },
  authorization(input, { source: { found }, destination }, context) {
    const same = ['kms:ReEncryptOnSameKey', present(found.key.arn === destination.key.arn)] as const;
    return [
      keyPermission('kms:ReEncryptFrom', found, context, [
        ...cryptographyEntries(input.SourceEncryptionContext, input.SourceEncryptionAlgorithm),
        same,
      ]),
      keyPermission('kms:ReEncryptTo', destination, context, [
        ...cryptographyEntries(input.DestinationEncryptionContext, input.DestinationEncryptionAlgorithm),
        same,
      ]),
    ];
  },
  operate(input, { source, destination: { key: destination } }, context) {
    const { key } = source.found;
    const from = encryptionOf(input.SourceEncryptionAlgorithm, input.SourceEncryptionContext);
    const to = encryptionOf(input.DestinationEncryptionAlgorithm, input.DestinationEncryptionContext);
    assertSourceKey(source);
    assertKeyState('ReEncrypt', key);
    assertKeyState('ReEncrypt', destination);
    assertEncryption('ReEncrypt', key, from);
    assertEncryption('ReEncrypt', destination, to);
    const blob = input.CiphertextBlob ?? new Uint8Array();
    const plaintext = decryptAs(from, key, { opened: source.opened, blob }, context);
    const made = encryptAs(to, destination, plaintext, context);
    plaintext.fill(0);
    if (input.DryRun === true) throw kmsErrors.dryRun();
    return Promise.resolve({
      CiphertextBlob: made.blob,
      SourceKeyId: key.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: from.algorithm,
      DestinationEncryptionAlgorithm: to.algorithm,
      SourceKeyMaterialId: source.opened?.materialId,
      DestinationKeyMaterialId: made.materialId,
    });
  },
});
