/** Encryption contexts: what a ciphertext is bound to and what policies may ask for. */
import { present, presentList } from '../../policy/context.ts';
import type { ContextEntries } from '../operation.ts';
import { kmsErrors } from './errors.ts';

/** AWS names no limit; this is what a ciphertext can carry with reserve. */
export const encryptionContextMaxBytes = 8192;

export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * One text for one set of pairs, whatever their order: sorted by the keys' UTF-8 bytes, each part with its length.
 * Joining with `=` and `&` would let two different contexts have the same text.
 * spec: KMS-CIPHER-2
 */
export function canonicalContext(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context)
    .map(([key, value]) => [Buffer.from(key), Buffer.from(value)] as const)
    .sort(([a], [b]) => Buffer.compare(a, b));
  const parts: Buffer[] = [];
  for (const part of pairs.flat()) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    parts.push(length, part);
  }
  return Buffer.concat(parts);
}

/** @throws ValidationException for a context that is too large */
export function assertContextSize(context: EncryptionContext | undefined): void {
  if (context !== undefined && canonicalContext(context).length > encryptionContextMaxBytes)
    throw kmsErrors.contextTooLarge();
}

/**
 * The condition keys of a request that has an encryption context; none for an empty one.
 * spec: KMS-CTX-3
 */
export function encryptionContextEntries(context: EncryptionContext | undefined): ContextEntries {
  const pairs = Object.entries(context ?? {});
  if (pairs.length === 0) return [];
  return [
    ...pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, present(value)] as const),
    ['kms:EncryptionContextKeys', presentList(pairs.map(([key]) => key))],
  ];
}
