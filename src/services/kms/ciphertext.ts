/**
 * Ciphertext blobs: they name the key and the material that made them, and open only under the encryption context
 * they were made with.
 *
 * Each blob has an AES key of its own, derived from the material and a random salt, so that random nonces stay safe
 * however often a KMS key is used.
 * spec: KMS-CIPHER-1, KMS-CIPHER-2, KMS-CIPHER-3
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { canonicalContext, type EncryptionContext } from './encryption-context.ts';

const magic = Buffer.from([0x01, 0x53, 0x50, 0x01]);
const saltBytes = 16;
const ivBytes = 12;
const tagBytes = 16;

/** What a blob says about itself. Nothing of it is trusted before the tag was verified. */
export interface OpenedHeader {
  readonly keyArn: string;
  readonly materialId: string;
  readonly header: Buffer;
  readonly rest: Buffer;
}

/** The blob that holds `plaintext` under the material `materialId` of the key. `random` gives 28 fresh bytes. */
export function encryptBlob(
  material: KeyObject,
  names: { readonly keyArn: string; readonly materialId: string },
  plaintext: Uint8Array,
  context: EncryptionContext,
  random: Uint8Array,
): Buffer {
  const salt = random.subarray(0, saltBytes);
  const iv = random.subarray(saltBytes, saltBytes + ivBytes);
  const header = Buffer.concat([magic, text(names.keyArn), text(names.materialId)]);
  const cipher = createCipheriv('aes-256-gcm', derivedKey(material, salt), iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([header, canonicalContext(context)]));
  return Buffer.concat([header, salt, iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The names in a blob, or `null` if it is none of ours. */
export function readBlob(blob: Uint8Array): OpenedHeader | null {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  if (bytes.length < magic.length || !bytes.subarray(0, magic.length).equals(magic)) return null;
  const keyArn = readText(bytes, magic.length);
  if (keyArn === null) return null;
  const materialId = readText(bytes, keyArn.end);
  if (materialId === null || bytes.length < materialId.end + saltBytes + ivBytes + tagBytes) return null;
  return {
    keyArn: keyArn.value,
    materialId: materialId.value,
    header: bytes.subarray(0, materialId.end),
    rest: bytes.subarray(materialId.end),
  };
}

/** The plaintext, or `null` if a bit of blob or context differs from what was encrypted. */
export function decryptBlob(
  material: KeyObject,
  blob: OpenedHeader,
  context: EncryptionContext,
): Buffer | null {
  const { rest } = blob;
  const salt = rest.subarray(0, saltBytes);
  const iv = rest.subarray(saltBytes, saltBytes + ivBytes);
  const sealed = rest.subarray(saltBytes + ivBytes, rest.length - tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', derivedKey(material, salt), iv, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.concat([blob.header, canonicalContext(context)]));
  decipher.setAuthTag(rest.subarray(rest.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    // Node says only "unable to authenticate"; KMS says no more either.
    return null;
  }
}

/** A key object: Node takes four times as long to start a cipher from bytes. */
function derivedKey(material: KeyObject, salt: Uint8Array): KeyObject {
  return createSecretKey(createHmac('sha256', material).update('sealpost kms blob 1').update(salt).digest());
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function readText(bytes: Buffer, at: number): { readonly value: string; readonly end: number } | null {
  if (bytes.length < at + 2) return null;
  const end = at + 2 + bytes.readUInt16BE(at);
  return bytes.length < end ? null : { value: bytes.toString('utf8', at + 2, end), end };
}
