/**
 * The server's root key: what everything secret in its store is encrypted under. A file of mode 0600 beside the
 * store, or the environment; it is never written to a log, an error or an export.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { Sealing } from '../services/sealing.ts';
import { WrappingBroken, type Wrapping } from '../services/kms/ports.ts';

export const rootKeyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

export interface RootKey {
  /** For KMS: key material under its name. */
  readonly wrapping: Wrapping;
  /** For secrets of access keys and sessions. */
  readonly secrets: Sealing;
  /** For the data keys of SSE-S3 objects. */
  readonly objectKeys: Sealing;
  /** For page tokens: nobody else can make one. */
  readonly pageTokens: { mark(text: string): string };
  /** Tells one root key from another without telling the key. */
  readonly fingerprint: string;
}

/**
 * Each use has a key of its own, derived from the root key.
 *
 * @param random fresh random bytes
 */
export function rootKeyFrom(bytes: Uint8Array, random: (length: number) => Uint8Array): RootKey {
  const box = (use: string) => sealedBox(derived(bytes, use), random);
  const material = box('kms material');
  const secrets = box('secrets');
  const objects = box('object keys');
  const pageTokenKey = derived(bytes, 'page tokens');
  return {
    wrapping: {
      wrap: (plain, name) => material.seal(plain, name),
      unwrap(sealed, name) {
        const plain = material.open(sealed, name);
        if (plain === null)
          throw new WrappingBroken(`the stored material of ${name} was not made with this root key`);
        return plain;
      },
    },
    secrets: sealingOf(secrets),
    objectKeys: sealingOf(objects),
    pageTokens: { mark: (text) => createHmac('sha256', pageTokenKey).update(text).digest('base64url') },
    fingerprint: createHmac('sha256', bytes).update('sealpost root key').digest('hex').slice(0, 32),
  };
}

/** The root key that the environment gives. @returns `null` if it is not 32 bytes in base64 */
export function parseRootKey(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === rootKeyBytes &&
    bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
    ? bytes
    : null;
}

interface SealedBox {
  seal(plain: Uint8Array, name: string): Uint8Array;
  open(sealed: Uint8Array, name: string): Uint8Array | null;
}

function derived(root: Uint8Array, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', root, new Uint8Array(), `sealpost ${use} 1`, rootKeyBytes));
}

function sealedBox(secret: Uint8Array, random: (length: number) => Uint8Array): SealedBox {
  const key = createSecretKey(secret);
  return {
    seal(plain, name) {
      const iv = random(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(name));
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, name) {
      if (sealed.length < ivBytes + tagBytes) return null;
      const iv = sealed.subarray(0, ivBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(name));
      decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
      try {
        return Buffer.concat([
          decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)),
          decipher.final(),
        ]);
      } catch {
        return null;
      }
    },
  };
}

function sealingOf(box: SealedBox): Sealing {
  return {
    seal: (bytes) => box.seal(bytes, ''),
    open(sealed) {
      const plain = box.open(sealed, '');
      if (plain === null) throw new WrappingBroken('a stored secret was not made with this root key');
      return plain;
    },
  };
}
