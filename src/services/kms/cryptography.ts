/** Encrypting and decrypting with a key: the same few steps for every cryptographic operation. */
import type { KeyObject } from 'node:crypto';
import type { EncryptionAlgorithmSpec } from '@aws-sdk/client-kms';
import { present } from '../../policy/context.ts';
import type { ContextEntries, OperationContext } from '../operation.ts';
import { decryptAsymmetric, encryptAsymmetric } from './asymmetric-encryption.ts';
import { decryptBlob, encryptBlob, readBlob, type OpenedHeader } from './ciphertext.ts';
import { encryptionContextEntries, type EncryptionContext } from './encryption-context.ts';
import { kmsErrors } from './errors.ts';
import { assertUsage } from './key-specs.ts';
import type { KeyRecord, KmsPorts } from './ports.ts';

/** Condition keys of every operation that encrypts or decrypts. */
export function cryptographyEntries(
  context: EncryptionContext | undefined,
  algorithm = 'SYMMETRIC_DEFAULT',
): ContextEntries {
  return [...encryptionContextEntries(context), ['kms:EncryptionAlgorithm', present(algorithm)]];
}

export interface Encryption {
  readonly algorithm: EncryptionAlgorithmSpec;
  readonly encryptionContext: EncryptionContext | undefined;
}

/** What a request says of encryption; KMS takes the symmetric algorithm unless it says otherwise. */
export function encryptionOf(
  algorithm: EncryptionAlgorithmSpec = 'SYMMETRIC_DEFAULT',
  encryptionContext?: EncryptionContext,
): Encryption {
  return { algorithm, encryptionContext };
}

/** @throws InvalidKeyUsageException, ValidationException: the key does not encrypt so */
export function assertEncryption(operation: string, key: KeyRecord, encryption: Encryption): void {
  assertUsage(operation, key, 'ENCRYPT_DECRYPT', encryption.algorithm);
  const pairs = Object.keys(encryption.encryptionContext ?? {});
  if (encryption.algorithm !== 'SYMMETRIC_DEFAULT' && pairs.length > 0) throw kmsErrors.contextNotSymmetric();
}

/** A ciphertext under a key of any spec that encrypts. The ID of the material belongs to symmetric keys only. */
export function encryptAs(
  { algorithm, encryptionContext }: Encryption,
  key: KeyRecord,
  plaintext: Uint8Array,
  context: OperationContext<KmsPorts>,
): { readonly blob: Buffer; readonly materialId: string | undefined } {
  if (algorithm === 'SYMMETRIC_DEFAULT') return encryptWith(key, plaintext, encryptionContext, context);
  const blob = encryptAsymmetric(key, newestMaterial(key, context).material, algorithm, plaintext);
  return { blob, materialId: undefined };
}

/** What `encryptAs` takes, opened again. @throws InvalidCiphertextException */
export function decryptAs(
  { algorithm, encryptionContext }: Encryption,
  key: KeyRecord,
  ciphertext: { readonly opened: OpenedHeader | null; readonly blob: Uint8Array },
  context: OperationContext<KmsPorts>,
): Buffer {
  if (ciphertext.opened !== null) return decryptWith(key, ciphertext.opened, encryptionContext, context);
  const { material } = newestMaterial(key, context);
  const plaintext = decryptAsymmetric(material, algorithm, ciphertext.blob);
  if (plaintext === null) throw kmsErrors.invalidCiphertext();
  return plaintext;
}

/** The material that the key works with now. @throws KMSInvalidStateException it has none */
export function newestMaterial(
  key: KeyRecord,
  context: OperationContext<KmsPorts>,
): { readonly material: KeyObject; readonly id: string } {
  const newest = key.materials.at(-1);
  const material = newest === undefined ? null : context.ports.keyring.materialOf(key, newest.id);
  // The state table lets no key without material come here.
  if (newest === undefined || material === null)
    throw kmsErrors.invalidState({ arn: key.arn, state: 'pending import' });
  return { material, id: newest.id };
}

/** A ciphertext blob of `plaintext` under the key's newest material, with that material's ID. */
export function encryptWith(
  key: KeyRecord,
  plaintext: Uint8Array,
  encryptionContext: EncryptionContext | undefined,
  context: OperationContext<KmsPorts>,
): { readonly blob: Buffer; readonly materialId: string } {
  const { material, id } = newestMaterial(key, context);
  const names = { keyArn: key.arn, materialId: id };
  const blob = encryptBlob(material, names, plaintext, encryptionContext ?? {}, context.randomBytes(28));
  return { blob, materialId: id };
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
