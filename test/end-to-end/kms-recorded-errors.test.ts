/**
 * Refusals that were recorded from AWS KMS, or told by its users, brought about here through the official client.
 * Each row names where its answer stands.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateMacCommand,
  KMSClient,
  PutKeyPolicyCommand,
  RotateKeyOnDemandCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
  type CreateKeyCommandInput,
} from '@aws-sdk/client-kms';
import type { App } from '../../src/app.ts';
import {
  account,
  iamClient,
  refusalOf,
  rootKey,
  startApp,
  type ClientCredentials,
} from './identity-clients.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const recording = 'localstack/localstack@8b9a79f0 tests/aws/services/kms/test_kms.snapshot.json';
const snapshot = (name: string) => `${recording} :: ${name}`;

function kmsClient(credentials: ClientCredentials = rootKey): KMSClient {
  return new KMSClient({ endpoint: app.address.url, region: 'us-east-1', credentials, maxAttempts: 1 });
}

async function newKey(input: CreateKeyCommandInput = {}): Promise<string> {
  const made = await kmsClient().send(new CreateKeyCommand(input));
  return made.KeyMetadata?.Arn ?? '';
}

const newSigningKey = () => newKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
const newMacKey = () => newKey({ KeySpec: 'HMAC_224', KeyUsage: 'GENERATE_VERIFY_MAC' });
const bytes = Buffer.from('some bytes');
const noKeyArn = `arn:aws:kms:us-east-1:${account}:key/134f2428-cec1-4b25-a1ae-9048164dba47`;

interface Row {
  readonly situation: string;
  readonly source: string;
  /** What is asked, and the text that AWS answered with the names of this run in it. */
  bring(kms: KMSClient): Promise<{ readonly asked: Promise<unknown>; readonly text: string }>;
  readonly code: string;
}

const rows: readonly Row[] = [
  {
    situation: 'a well-formed key ARN that names no key',
    source: snapshot('test_get_key_does_not_exist, recorded 2025-09-08'),
    code: 'NotFoundException',
    bring: (kms) =>
      Promise.resolve({
        asked: kms.send(new DescribeKeyCommand({ KeyId: noKeyArn })),
        text: `Key '${noKeyArn}' does not exist`,
      }),
  },
  {
    situation: 'a key ID that is no UUID',
    source: snapshot('test_get_key_invalid_uuid, recorded 2023-11-07'),
    code: 'NotFoundException',
    bring: (kms) =>
      Promise.resolve({
        asked: kms.send(new DescribeKeyCommand({ KeyId: 'fake-key-id' })),
        text: "Invalid keyId 'fake-key-id'",
      }),
  },
  {
    situation: 'an alias name that does not begin with alias/',
    source: snapshot('test_create_alias, recorded 2023-04-13'),
    code: 'ValidationException',
    bring: async (kms) => ({
      asked: kms.send(new CreateAliasCommand({ AliasName: 'name', TargetKeyId: await newKey() })),
      text: 'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    }),
  },
  {
    situation: 'a key whose material was not imported yet',
    source: snapshot('test_import_key_symmetric, recorded 2025-11-10'),
    code: 'KMSInvalidStateException',
    async bring(kms) {
      const KeyId = await newKey({ Origin: 'EXTERNAL' });
      return {
        asked: kms.send(new EncryptCommand({ KeyId, Plaintext: bytes })),
        text: `${KeyId} is pending import.`,
      };
    },
  },
  {
    situation: 'rotating a disabled key',
    source: snapshot('test_rotate_key_on_demand_raises_error_given_key_is_disabled, recorded 2025-03-08'),
    code: 'DisabledException',
    async bring(kms) {
      const KeyId = await newKey();
      await kms.send(new DisableKeyCommand({ KeyId }));
      return { asked: kms.send(new RotateKeyOnDemandCommand({ KeyId })), text: `${KeyId} is disabled.` };
    },
  },
  {
    situation: 'a 26th rotation on demand',
    source: recording,
    code: 'LimitExceededException',
    async bring(kms) {
      const KeyId = await newKey();
      for (let count = 0; count < 25; count++) await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
      return {
        asked: kms.send(new RotateKeyOnDemandCommand({ KeyId })),
        text: `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${KeyId}`,
      };
    },
  },
  {
    situation: 'a signing key asked to encrypt',
    source: snapshot('test_error_messaging_for_invalid_keys, encrypt-invalid-key-id, recorded 2023-04-13'),
    code: 'InvalidKeyUsageException',
    async bring(kms) {
      const KeyId = await newSigningKey();
      return {
        asked: kms.send(new EncryptCommand({ KeyId, Plaintext: bytes })),
        text: `${KeyId} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
      };
    },
  },
  {
    situation: 'a key other than the one that made the ciphertext',
    source: snapshot('test_error_messaging_for_invalid_keys, decrypt-invalid-key-id, recorded 2023-04-13'),
    code: 'IncorrectKeyException',
    async bring(kms) {
      const made = await kms.send(new EncryptCommand({ KeyId: await newKey(), Plaintext: bytes }));
      const { CiphertextBlob } = made;
      return {
        asked: kms.send(new DecryptCommand({ CiphertextBlob, KeyId: await newSigningKey() })),
        text: 'The key ID in the request does not identify a CMK that can perform this operation.',
      };
    },
  },
  {
    situation: 'a data key decrypted without its encryption context',
    source: snapshot('test_encryption_context_generate_data_key, recorded 2023-06-16'),
    code: 'InvalidCiphertextException',
    async bring(kms) {
      const request = { KeyId: await newKey(), KeySpec: 'AES_256', EncryptionContext: { a: '1' } } as const;
      const { CiphertextBlob } = await kms.send(new GenerateDataKeyCommand(request));
      return { asked: kms.send(new DecryptCommand({ CiphertextBlob })), text: '' };
    },
  },
  {
    situation: 'a plaintext of 4097 bytes',
    source: snapshot('test_plaintext_size_for_encrypt, recorded 2023-04-13'),
    code: 'ValidationException',
    bring: async (kms) => ({
      asked: kms.send(new EncryptCommand({ KeyId: await newKey(), Plaintext: Buffer.alloc(4097) })),
      text: "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    }),
  },
  {
    situation: 'a dry run of what the caller may do',
    source: snapshot('test_generate_data_key_pair_dry_run, recorded 2025-04-06'),
    code: 'DryRunOperationException',
    bring: async (kms) => ({
      asked: kms.send(
        new GenerateDataKeyPairCommand({ KeyId: await newKey(), KeyPairSpec: 'RSA_2048', DryRun: true }),
      ),
      text: 'The request would have succeeded, but the DryRun option is set.',
    }),
  },
  {
    situation: 'a MAC algorithm of another key spec',
    source: recording,
    code: 'InvalidKeyUsageException',
    bring: async (kms) => ({
      asked: kms.send(
        new GenerateMacCommand({ KeyId: await newMacKey(), Message: bytes, MacAlgorithm: 'HMAC_SHA_256' }),
      ),
      text: 'Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_224.',
    }),
  },
  {
    situation: 'a code that is not the MAC of the message',
    source: recording,
    code: 'KMSInvalidMacException',
    bring: async (kms) => ({
      asked: kms.send(
        new VerifyMacCommand({
          KeyId: await newMacKey(),
          Message: bytes,
          MacAlgorithm: 'HMAC_SHA_224',
          Mac: Buffer.alloc(28),
        }),
      ),
      text: '',
    }),
  },
  {
    situation: 'a digest that is too long for the algorithm',
    source: recording,
    code: 'ValidationException',
    bring: async (kms) => ({
      asked: kms.send(
        new SignCommand({
          KeyId: await newSigningKey(),
          Message: Buffer.alloc(48),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'RSASSA_PSS_SHA_256',
        }),
      ),
      text: 'Digest is invalid length for algorithm RSASSA_PSS_SHA_256.',
    }),
  },
  {
    situation: 'a signature of something else',
    source: recording,
    code: 'KMSInvalidSignatureException',
    bring: async (kms) => ({
      asked: kms.send(
        new VerifyCommand({
          KeyId: await newSigningKey(),
          Message: bytes,
          SigningAlgorithm: 'RSASSA_PSS_SHA_256',
          Signature: Buffer.alloc(256),
        }),
      ),
      text: '',
    }),
  },
  {
    situation: 'a caller whom the key policy neither names nor leaves to its account',
    source: 'told by users: ministryofjustice/modernisation-platform pull 1296',
    code: 'AccessDeniedException',
    async bring() {
      const own = { AWS: `arn:aws:iam::${account}:root` };
      const statement = { Effect: 'Allow', Principal: own, Action: 'kms:PutKeyPolicy', Resource: '*' };
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      const KeyId = await newKey({ Policy });
      const iam = iamClient(app);
      const UserName = 'unnamed';
      const { User } = await iam.send(new CreateUserCommand({ UserName }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const kms = kmsClient({
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      });
      return {
        asked: kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })),
        text: `User: ${User?.Arn ?? ''} is not authorized to perform: kms:GenerateDataKey on resource: ${KeyId} because no resource-based policy allows the kms:GenerateDataKey action`,
      };
    },
  },
  {
    situation: 'a key policy that locks its author out',
    source: 'told by users: japan-d2/secure-stack-template-aws issue 33',
    code: 'MalformedPolicyDocumentException',
    async bring(kms) {
      const own = { AWS: `arn:aws:iam::${account}:root` };
      const statement = { Effect: 'Allow', Principal: own, Action: 'kms:Decrypt', Resource: '*' };
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      return {
        asked: kms.send(new PutKeyPolicyCommand({ KeyId: await newKey(), Policy })),
        text: 'The new key policy will not allow you to update the key policy in the future.',
      };
    },
  },
];

describe('KMS answers as AWS was seen to answer', () => {
  // spec: KMS-WIRE-1, KMS-ID-2, KMS-CIPHER-3, KMS-VALID-1, KMS-SPEC-1, KMS-STATE-1, KMS-DENIED-1, KMS-KEYPOLICY-2
  test.each(rows)('$situation ($source)', async (row) => {
    const { asked, text } = await row.bring(kmsClient());
    const [name, status, message] = await refusalOf(asked);
    // For an error without a text the client puts a word of its own.
    expect([name, status, message]).toEqual([row.code, 400, text === '' ? 'UnknownError' : text]);
  });
});
