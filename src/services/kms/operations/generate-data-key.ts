import type { GenerateDataKeyRequest, GenerateDataKeyResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import {
  dataKeyPermission,
  generateDataKeyWith,
  resolveDataKeyRequest,
  validateDataKeyRequest,
} from '../data-key.ts';
import type { FoundKey } from '../find-key.ts';
import type { KmsPorts } from '../ports.ts';

const name = 'GenerateDataKey';

export const generateDataKey = operation<GenerateDataKeyRequest, GenerateDataKeyResponse, KmsPorts, FoundKey>(
  {
    name,
    validate: validateDataKeyRequest,
    resolve: (input, context) => resolveDataKeyRequest(name, input, context),
    authorization: (input, found, context) => [dataKeyPermission(name, input, found, context)],
    operate(input, found, context) {
      const made = generateDataKeyWith(name, input, found, context);
      return Promise.resolve({
        CiphertextBlob: made.blob,
        Plaintext: made.plaintext,
        KeyId: made.keyArn,
        KeyMaterialId: made.materialId,
      });
    },
  },
);
