/** What GenerateDataKeyPair and its sister without plaintext share. */
import type { DataKeyPairSpec, GenerateDataKeyPairRequest } from '@aws-sdk/client-kms';
import { present } from '../../policy/context.ts';
import { lengthBetween, oneOf, required } from '../constraints.ts';
import type { OperationContext, Permission } from '../operation.ts';
import { assertEncryption, cryptographyEntries, encryptionOf, encryptWith } from './cryptography.ts';
import { assertContextSize } from './encryption-context.ts';
import { kmsErrors } from './errors.ts';
import { findKey, type FoundKey } from './find-key.ts';
import { assertGrantTokens } from './grant-tokens.ts';
import { newKeyPair } from './key-pair.ts';
import { keyPermission } from './key-permission.ts';
import { isKeyPairSpec, keyPairSpecs } from './key-specs.ts';
import { assertKeyState } from './key-states.ts';
import type { KmsPorts } from './ports.ts';
import { assertConstraints, keyIdFaults } from './validate.ts';

export type DataKeyPairOperation = 'GenerateDataKeyPair' | 'GenerateDataKeyPairWithoutPlaintext';

export interface DataKeyPair {
  readonly privateKey: Buffer;
  readonly publicKey: Buffer;
  readonly blob: Buffer;
  readonly keyArn: string;
  readonly materialId: string;
  readonly spec: DataKeyPairSpec;
}

export function validateDataKeyPairRequest(input: GenerateDataKeyPairRequest): void {
  assertConstraints(
    ...keyIdFaults(input.KeyId),
    required('keyPairSpec', input.KeyPairSpec),
    oneOf('keyPairSpec', input.KeyPairSpec, [...Object.keys(keyPairSpecs), 'SM2']),
    lengthBetween('grantTokens', input.GrantTokens, 0, 10),
  );
  assertContextSize(input.EncryptionContext);
}

export async function resolveDataKeyPairRequest(
  name: DataKeyPairOperation,
  input: GenerateDataKeyPairRequest,
  context: OperationContext<KmsPorts>,
): Promise<FoundKey> {
  await assertGrantTokens(input.GrantTokens, context);
  const naming = { action: `kms:${name}`, takesAliases: true, worksAcrossAccounts: true };
  return findKey(input.KeyId ?? '', naming, context);
}

export function dataKeyPairPermission(
  name: DataKeyPairOperation,
  input: GenerateDataKeyPairRequest,
  found: FoundKey,
  context: OperationContext<KmsPorts>,
): Permission {
  return keyPermission(`kms:${name}`, found, context, [
    ...cryptographyEntries(input.EncryptionContext),
    ['kms:DataKeyPairSpec', present(input.KeyPairSpec ?? '')],
  ]);
}

/** spec: KMS-DATAKEY-2, KMS-ORDER-1 */
export async function generateDataKeyPairWith(
  name: DataKeyPairOperation,
  input: GenerateDataKeyPairRequest,
  { key }: FoundKey,
  context: OperationContext<KmsPorts>,
): Promise<DataKeyPair> {
  const spec = input.KeyPairSpec ?? '';
  assertKeyState(name, key);
  assertEncryption(name, key, encryptionOf());
  if (!isKeyPairSpec(spec)) throw kmsErrors.notSupported({ what: `KeyPairSpec ${spec}` });
  if (input.DryRun === true) throw kmsErrors.dryRun();
  const pair = await newKeyPair(keyPairSpecs[spec].form);
  const { blob, materialId } = encryptWith(key, pair.privateKey, input.EncryptionContext, context);
  return { ...pair, blob, keyArn: key.arn, materialId, spec };
}
