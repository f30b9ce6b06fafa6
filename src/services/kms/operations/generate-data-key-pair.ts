import type { GenerateDataKeyPairRequest, GenerateDataKeyPairResponse } from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import {
  dataKeyPairPermission,
  generateDataKeyPairWith,
  resolveDataKeyPairRequest,
  validateDataKeyPairRequest,
} from '../data-key-pair.ts';
import type { FoundKey } from '../find-key.ts';
import type { KmsPorts } from '../ports.ts';

const name = 'GenerateDataKeyPair';

export const generateDataKeyPair = operation<
  GenerateDataKeyPairRequest,
  GenerateDataKeyPairResponse,
  KmsPorts,
  FoundKey
>({
  name,
  validate: validateDataKeyPairRequest,
  resolve: (input, context) => resolveDataKeyPairRequest(name, input, context),
  authorization: (input, found, context) => [dataKeyPairPermission(name, input, found, context)],
  async operate(input, found, context) {
    const made = await generateDataKeyPairWith(name, input, found, context);
    return {
      PrivateKeyCiphertextBlob: made.blob,
      PrivateKeyPlaintext: made.privateKey,
      PublicKey: made.publicKey,
      KeyId: made.keyArn,
      KeyPairSpec: made.spec,
      KeyMaterialId: made.materialId,
    };
  },
});
