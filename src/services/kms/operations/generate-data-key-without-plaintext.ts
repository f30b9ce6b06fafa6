import type {
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponse,
} from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import {
  dataKeyPermission,
  generateDataKeyWith,
  resolveDataKeyRequest,
  validateDataKeyRequest,
} from '../data-key.ts';
import type { FoundKey } from '../find-key.ts';
import type { KmsPorts } from '../ports.ts';

const name = 'GenerateDataKeyWithoutPlaintext';

export const generateDataKeyWithoutPlaintext = operation<
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponse,
  KmsPorts,
  FoundKey
>({
  name,
  validate: validateDataKeyRequest,
  resolve: (input, context) => resolveDataKeyRequest(name, input, context),
  authorization: (input, found, context) => [dataKeyPermission(name, input, found, context)],
  operate(input, found, context) {
    const made = generateDataKeyWith(name, input, found, context);
    made.plaintext.fill(0);
    return Promise.resolve({ CiphertextBlob: made.blob, KeyId: made.keyArn, KeyMaterialId: made.materialId });
  },
});
