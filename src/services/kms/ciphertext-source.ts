/** Where a ciphertext leads: a symmetric one names its key, an asymmetric one needs its key to be named. */
import type { OpenedHeader } from './ciphertext.ts';
import { findCiphertextKey } from './ciphertext-key.ts';
import { openBlob, type Encryption } from './cryptography.ts';
import { kmsErrors } from './errors.ts';
import { findKey, type FoundKey } from './find-key.ts';
import type { OperationContext } from '../operation.ts';
import type { KmsPorts } from './ports.ts';

export interface CiphertextSource {
  readonly found: FoundKey;
  /** `null`: an asymmetric ciphertext, which says nothing about itself. */
  readonly opened: OpenedHeader | null;
}

/** spec: KMS-CIPHER-3, KMS-RSA-1 */
export async function findCiphertextSource(
  request: {
    readonly blob: Uint8Array | undefined;
    readonly keyId: string | undefined;
    readonly encryption: Encryption;
    readonly action: string;
  },
  context: OperationContext<KmsPorts>,
): Promise<CiphertextSource> {
  const { blob, keyId, encryption, action } = request;
  const opened = encryption.algorithm === 'SYMMETRIC_DEFAULT' ? openBlob(blob) : null;
  if (keyId !== undefined) {
    const naming = { action, takesAliases: true, worksAcrossAccounts: true };
    return { opened, found: await findKey(keyId, naming, context) };
  }
  if (opened === null) throw kmsErrors.keyIdNeeded();
  return { opened, found: await findCiphertextKey(opened, context) };
}

/** @throws IncorrectKeyException another key made this ciphertext */
export function assertSourceKey({ found, opened }: CiphertextSource): void {
  if (opened !== null && opened.keyArn !== found.key.arn) throw kmsErrors.incorrectKey();
}
