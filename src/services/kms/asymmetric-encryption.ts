/**
 * Encryption under RSA keys. Such a ciphertext is RSA's alone: it names no key and has no encryption context.
 * spec: KMS-RSA-1
 */
import { constants, createPublicKey, privateDecrypt, publicEncrypt, type KeyObject } from 'node:crypto';
import { kmsErrors } from './errors.ts';
import { keySpecs } from './key-specs.ts';
import type { KeyRecord } from './ports.ts';

const hashOf: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  RSAES_OAEP_SHA_1: { name: 'sha1', bytes: 20 },
  RSAES_OAEP_SHA_256: { name: 'sha256', bytes: 32 },
};

/** What `EncryptionAlgorithm` may be. */
export const encryptionAlgorithms = ['SYMMETRIC_DEFAULT', ...Object.keys(hashOf), 'SM2PKE'];

/** @throws ValidationException `plaintext` is longer than algorithm and key hold */
export function encryptAsymmetric(
  key: KeyRecord,
  privateKey: KeyObject,
  algorithm: string,
  plaintext: Uint8Array,
): Buffer {
  const hash = hashNamed(algorithm);
  const { form } = keySpecs[key.keySpec];
  const modulusBytes = form.kind === 'rsa' ? form.modulusBits / 8 : 0;
  const maxBytes = modulusBytes - 2 * hash.bytes - 2;
  if (plaintext.length > maxBytes)
    throw kmsErrors.plaintextTooLong({ algorithm, keySpec: key.keySpec, maxBytes: String(maxBytes) });
  return publicEncrypt({ key: createPublicKey(privateKey), ...oaep(hash.name) }, plaintext);
}

/** The plaintext, or `null` if the key did not make this ciphertext with this algorithm. */
export function decryptAsymmetric(
  privateKey: KeyObject,
  algorithm: string,
  ciphertext: Uint8Array,
): Buffer | null {
  try {
    return privateDecrypt({ key: privateKey, ...oaep(hashNamed(algorithm).name) }, ciphertext);
  } catch {
    // Why it does not open is what an attacker would ask.
    return null;
  }
}

function oaep(oaepHash: string) {
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
}

function hashNamed(algorithm: string) {
  const hash = hashOf[algorithm];
  if (hash === undefined) throw new RangeError(`${algorithm} encrypts under no RSA key`);
  return hash;
}
