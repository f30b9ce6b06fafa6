/** Encrypting and decrypting with a key: the same few steps for every cryptographic operation. */
import { present } from '../../policy/context.ts';
import type { ContextEntries, OperationContext } from '../operation.ts';
import { decryptBlob, encryptBlob, readBlob, type OpenedHeader } from './ciphertext.ts';
import { encryptionContextEntries, type EncryptionContext } from './encryption-context.ts';
import { kmsErrors } from './errors.ts';
import type { KeyRecord, KmsPorts } from './ports.ts';

/** Condition keys of every cryptographic operation on a symmetric key. */
export function cryptographyEntries(context: EncryptionContext | undefined): ContextEntries {
  return [...encryptionContextEntries(context), ['kms:EncryptionAlgorithm', present('SYMMETRIC_DEFAULT')]];
}

/** A ciphertext blob of `plaintext` under the key's newest material, with that material's ID. */
export function encryptWith(
  key: KeyRecord,
  plaintext: Uint8Array,
  encryptionContext: EncryptionContext | undefined,
  context: OperationContext<KmsPorts>,
): { readonly blob: Buffer; readonly materialId: string } {
  const newest = key.materials.at(-1);
  const material = newest === undefined ? null : context.ports.keyring.materialOf(key, newest.id);
  // The state table lets no key without material come here.
  if (newest === undefined || material === null)
    throw kmsErrors.invalidState({ arn: key.arn, state: 'pending import' });
  const names = { keyArn: key.arn, materialId: newest.id };
  const blob = encryptBlob(material, names, plaintext, encryptionContext ?? {}, context.randomBytes(28));
  return { blob, materialId: newest.id };
}

/** The names in a ciphertext blob. @throws InvalidCiphertextException it is none of KMS's */
export function openBlob(blob: Uint8Array | undefined): OpenedHeader {
  const opened = readBlob(blob ?? new Uint8Array());
  if (opened === null) throw kmsErrors.invalidCiphertext();
  return opened;
}

/** @throws InvalidCiphertextException the blob, the key's material or the encryption context is not the one it was made with */
export function decryptWith(
  key: KeyRecord,
  opened: OpenedHeader,
  encryptionContext: EncryptionContext | undefined,
  context: OperationContext<KmsPorts>,
): Buffer {
  const material = context.ports.keyring.materialOf(key, opened.materialId);
  const plaintext = material === null ? null : decryptBlob(material, opened, encryptionContext ?? {});
  if (plaintext === null) throw kmsErrors.invalidCiphertext();
  return plaintext;
}
