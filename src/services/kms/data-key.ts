/** What GenerateDataKey and its sister without plaintext share. */
import type { GenerateDataKeyRequest } from '@aws-sdk/client-kms';
import { lengthBetween, numberBetween, oneOf } from '../constraints.ts';
import type { OperationContext, Permission } from '../operation.ts';
import { assertEncryption, cryptographyEntries, encryptionOf, encryptWith } from './cryptography.ts';
import { assertContextSize } from './encryption-context.ts';
import { kmsErrors } from './errors.ts';
import { findKey, type FoundKey } from './find-key.ts';
import { assertGrantTokens } from './grant-tokens.ts';
import { keyPermission } from './key-permission.ts';
import { assertKeyState } from './key-states.ts';
import type { KmsPorts } from './ports.ts';
import { assertConstraints, keyIdFaults } from './validate.ts';

export type DataKeyOperation = 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext';

export interface DataKey {
  readonly plaintext: Uint8Array;
  readonly blob: Uint8Array;
  readonly keyArn: string;
  readonly materialId: string;
}

/** spec: KMS-DATAKEY-1 */
export function validateDataKeyRequest(input: GenerateDataKeyRequest): void {
  assertConstraints(
    ...keyIdFaults(input.KeyId),
    oneOf('keySpec', input.KeySpec, ['AES_256', 'AES_128']),
    numberBetween('numberOfBytes', input.NumberOfBytes, 1, 1024),
    lengthBetween('grantTokens', input.GrantTokens, 0, 10),
  );
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) throw kmsErrors.lengthOrSpec();
  assertContextSize(input.EncryptionContext);
}

export async function resolveDataKeyRequest(
  name: DataKeyOperation,
  input: GenerateDataKeyRequest,
  context: OperationContext<KmsPorts>,
): Promise<FoundKey> {
  await assertGrantTokens(input.GrantTokens, context);
  const naming = { action: `kms:${name}`, takesAliases: true, worksAcrossAccounts: true };
  return findKey(input.KeyId ?? '', naming, context);
}

export function dataKeyPermission(
  name: DataKeyOperation,
  input: GenerateDataKeyRequest,
  found: FoundKey,
  context: OperationContext<KmsPorts>,
): Permission {
  return keyPermission(`kms:${name}`, found, context, cryptographyEntries(input.EncryptionContext));
}

/** spec: KMS-ORDER-1 */
export function generateDataKeyWith(
  name: DataKeyOperation,
  input: GenerateDataKeyRequest,
  { key }: FoundKey,
  context: OperationContext<KmsPorts>,
): DataKey {
  assertKeyState(name, key);
  assertEncryption(name, key, encryptionOf());
  if (input.DryRun === true) throw kmsErrors.dryRun();
  const plaintext = context.randomBytes(input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32));
  const { blob, materialId } = encryptWith(key, plaintext, input.EncryptionContext, context);
  return { plaintext, blob, keyArn: key.arn, materialId };
}
