/** What GenerateMac and VerifyMac share. */
import { createHmac, type KeyObject } from 'node:crypto';
import { present } from '../../policy/context.ts';
import { lengthBetween, oneOf, required } from '../constraints.ts';
import type { ContextEntries } from '../operation.ts';
import { assertConstraints, keyIdFaults } from './validate.ts';

export interface MacRequest {
  readonly KeyId: string | undefined;
  readonly Message: Uint8Array | undefined;
  readonly MacAlgorithm: string | undefined;
}

const hashes: Readonly<Record<string, string>> = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
};

export function validateMac(input: MacRequest): void {
  assertConstraints(
    ...keyIdFaults(input.KeyId),
    required('message', input.Message),
    lengthBetween('message', input.Message, 1, 4096),
    required('macAlgorithm', input.MacAlgorithm),
    oneOf('macAlgorithm', input.MacAlgorithm, Object.keys(hashes)),
  );
}

/** spec: KMS-CTX-4 */
export function macEntries({ MacAlgorithm }: MacRequest): ContextEntries {
  return [['kms:MacAlgorithm', present(MacAlgorithm ?? '')]];
}

export function macOf(material: KeyObject, { MacAlgorithm = '', Message }: MacRequest): Buffer {
  return createHmac(hashes[MacAlgorithm] ?? '', material)
    .update(Message ?? new Uint8Array())
    .digest();
}
