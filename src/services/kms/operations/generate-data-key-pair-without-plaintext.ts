import type {
  GenerateDataKeyPairWithoutPlaintextRequest,
  GenerateDataKeyPairWithoutPlaintextResponse,
} from '@aws-sdk/client-kms';
import { operation } from '../../operation.ts';
import {
  dataKeyPairPermission,
  generateDataKeyPairWith,
  resolveDataKeyPairRequest,
  validateDataKeyPairRequest,
} from '../data-key-pair.ts';
import type { FoundKey } from '../find-key.ts';
import type { KmsPorts } from '../ports.ts';

const name = 'GenerateDataKeyPairWithoutPlaintext';

export const generateDataKeyPairWithoutPlaintext = operation<
  GenerateDataKeyPairWithoutPlaintextRequest,
  GenerateDataKeyPairWithoutPlaintextResponse,
  KmsPorts,
  FoundKey
>({
  name,
  validate: validateDataKeyPairRequest,
  resolve: (input, context) => resolveDataKeyPairRequest(name, input, context),
  authorization: (input, found, context) => [dataKeyPairPermission(name, input, found, context)],
  async operate(input, found, context) {
    const made = await generateDataKeyPairWith(name, input, found, context);
    made.privateKey.fill(0);
    return {
      PrivateKeyCiphertextBlob: made.blob,
      PublicKey: made.publicKey,
      KeyId: made.keyArn,
      KeyPairSpec: made.spec,
      KeyMaterialId: made.materialId,
    };
  },
});
