/** Fresh key pairs. RSA primes take their time, so they are sought beside the event loop. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyPairForm } from './key-specs.ts';

const generate = promisify(generateKeyPair);

export interface KeyPair {
  /** PKCS #8, DER. */
  readonly privateKey: Buffer;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
}

export async function newKeyPair(form: KeyPairForm): Promise<KeyPair> {
  const { privateKey, publicKey } = await generated(form);
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey: publicKeyInfo(publicKey),
  };
}

/** A public key as KMS hands it out. */
export function publicKeyInfo(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' });
}

function generated(form: KeyPairForm) {
  switch (form.kind) {
    case 'rsa':
      return generate('rsa', { modulusLength: form.modulusBits });
    case 'ec':
      return generate('ec', { namedCurve: form.namedCurve });
    case 'ed25519':
      return generate('ed25519');
  }
}
