/** S3's data keys: asked of KMS as the caller of S3, through the same authorisation as any client's request. */
import type { DecryptResponse, GenerateDataKeyResponse } from '@aws-sdk/client-kms';
import type { Invoke } from '../server/invoke.ts';
import type { Caller } from '../services/operation.ts';
import type { DataKeys } from '../services/s3/ports.ts';

/** spec: IAM-FAS-1 */
export function dataKeysThrough(invoke: Invoke): DataKeys {
  return {
    async generateDataKey(caller, { keyId, encryptionContext, region }) {
      const input = { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: encryptionContext };
      const { output } = await invoke('kms', 'GenerateDataKey', input, {
        caller: throughS3(caller, region),
        region,
      });
      // The operation's own output type: the inside door forgets it.
      const made = output as GenerateDataKeyResponse;
      return {
        plaintext: made.Plaintext ?? new Uint8Array(),
        ciphertextBlob: made.CiphertextBlob ?? new Uint8Array(),
        keyArn: made.KeyId ?? '',
      };
    },

    async decrypt(caller, { ciphertextBlob, encryptionContext, keyArn, region }) {
      const input = { CiphertextBlob: ciphertextBlob, KeyId: keyArn, EncryptionContext: encryptionContext };
      const { output } = await invoke('kms', 'Decrypt', input, { caller: throughS3(caller, region), region });
      return (output as DecryptResponse).Plaintext ?? new Uint8Array();
    },
  };
}

function throughS3(caller: Caller, region: string): Caller {
  return { ...caller, forwardedBy: { service: 's3', region } };
}
