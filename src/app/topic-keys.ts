/** SNS's data keys: asked of KMS as the publisher, through the same authorisation as any client's request. */
import type { GenerateDataKeyResponse } from '@aws-sdk/client-kms';
import type { Invoke } from '../server/invoke.ts';
import type { SnsPorts } from '../services/sns/ports.ts';

/** spec: IAM-FAS-1, SNS-KMS-1 */
export function topicKeysThrough(invoke: Invoke): SnsPorts['topicKeys'] {
  return {
    async use(caller, { keyId, topicArn, region }) {
      const throughSns = { ...caller, forwardedBy: { service: 'sns', region } };
      // SNS asks the KMS of the topic's Region, which has no key of another.
      const options = { caller: throughSns, region };
      const EncryptionContext = { 'aws:sns:topicArn': topicArn };
      const made = await invoke(
        'kms',
        'GenerateDataKey',
        { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext },
        options,
      );
      // The operation's own output type: the inside door forgets it.
      const { CiphertextBlob } = made.output as GenerateDataKeyResponse;
      await invoke('kms', 'Decrypt', { CiphertextBlob, EncryptionContext }, options);
    },
  };
}
