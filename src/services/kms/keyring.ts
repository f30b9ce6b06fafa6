/**
 * Key material ready to use: unwrapped once, then kept as a KeyObject that does not print.
 * spec: KMS-CIPHER-4
 */
import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { isKeyPairSpec } from './key-specs.ts';
import type { KeyMaterial, KeyRecord, Wrapping } from './ports.ts';

/** How many keys stay unwrapped; the one used longest ago goes first. */
const materialsMax = 10_000;

export class Keyring {
  readonly #wrapping: Wrapping;
  readonly #unwrapped = new Map<string, KeyObject>();

  constructor(wrapping: Wrapping) {
    this.#wrapping = wrapping;
  }

  /** Fresh material for a key with this ARN, in the form that is stored. */
  seal(arn: string, id: string, material: Uint8Array): KeyMaterial {
    const wrapped = this.#wrapping.wrap(material, nameOf(arn, id));
    return { id, wrapped: Buffer.from(wrapped).toString('base64') };
  }

  /** The material of `key` with this ID, a private key where the key is a pair; `null` if the key has none of this ID. */
  materialOf(key: KeyRecord, id: string): KeyObject | null {
    const name = nameOf(key.arn, id);
    const known = this.#unwrapped.get(name);
    const stored = key.materials.find((material) => material.id === id);
    if (stored === undefined) return null;
    if (known !== undefined) return known;
    const bytes = this.#wrapping.unwrap(Buffer.from(stored.wrapped, 'base64'), name);
    const material = isKeyPairSpec(key.keySpec)
      ? createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' })
      : createSecretKey(bytes);
    bytes.fill(0);
    if (this.#unwrapped.size >= materialsMax) {
      const oldest = this.#unwrapped.keys().next();
      if (oldest.done !== true) this.#unwrapped.delete(oldest.value);
    }
    this.#unwrapped.set(name, material);
    return material;
  }
}

function nameOf(arn: string, materialId: string): string {
  return `${arn}#${materialId}`;
}
