import type { ReEncryptRequest, ReEncryptResponse } from '@aws-sdk/client-kms';
import { present } from '../../../policy/context.ts';
import { lengthBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { OpenedHeader } from '../ciphertext.ts';
import { findCiphertextKey } from '../ciphertext-key.ts';
import { cryptographyEntries, decryptWith, encryptWith, openBlob } from '../cryptography.ts';
import { assertContextSize } from '../encryption-context.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

export interface Resources {
  readonly source: FoundKey;
  readonly destination: FoundKey;
  readonly opened: OpenedHeader;
}

/** Two keys, two permissions. */
export const reEncrypt = operation<ReEncryptRequest, ReEncryptResponse, KmsPorts, Resources>({
  name: 'ReEncrypt',
  validate(input) {
    assertConstraints(
      ...keyIdFaults(input.DestinationKeyId, 'destinationKeyId'),
      lengthBetween('ciphertextBlob', input.CiphertextBlob, 1, 6144),
      lengthBetween('sourceKeyId', input.SourceKeyId, 1, 2048),
    );
    assertContextSize(input.DestinationEncryptionContext);
  },
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    const opened = openBlob(input.CiphertextBlob);
    const naming = (action: string) => ({ action, takesAliases: true, worksAcrossAccounts: true });
    return {
      opened,
      source:
        input.SourceKeyId === undefined
          ? await findCiphertextKey(opened, context)
          : await findKey(input.SourceKeyId, naming('kms:ReEncryptFrom'), context),
      destination: await findKey(input.DestinationKeyId ?? '', naming('kms:ReEncryptTo'), context),
    };
  },
  authorization(input, { source, destination }, context) {
    const same = ['kms:ReEncryptOnSameKey', present(source.key.arn === destination.key.arn)] as const;
    return [
      keyPermission('kms:ReEncryptFrom', source, context, [
        ...cryptographyEntries(input.SourceEncryptionContext),
        same,
      ]),
      keyPermission('kms:ReEncryptTo', destination, context, [
        ...cryptographyEntries(input.DestinationEncryptionContext),
        same,
      ]),
    ];
  },
  operate(input, { source, destination, opened }, context) {
    if (opened.keyArn !== source.key.arn) throw kmsErrors.incorrectKey();
    assertKeyState('ReEncrypt', source.key);
    assertKeyState('ReEncrypt', destination.key);
    const plaintext = decryptWith(source.key, opened, input.SourceEncryptionContext, context);
    if (input.DryRun === true) throw kmsErrors.dryRun();
    const made = encryptWith(destination.key, plaintext, input.DestinationEncryptionContext, context);
    plaintext.fill(0);
    return Promise.resolve({
      CiphertextBlob: made.blob,
      SourceKeyId: source.key.arn,
      KeyId: destination.key.arn,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      SourceKeyMaterialId: opened.materialId,
      DestinationKeyMaterialId: made.materialId,
    });
  },
});
