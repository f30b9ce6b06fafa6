/** Keys that sign, authenticate and encrypt asymmetrically, checked against Node's own ways with their public keys. */
import { constants, createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { memoryKms, refusal } from '../../../test/services/memory-kms.ts';
import { keySpecs } from './key-specs.ts';
import { keyEntries } from './setup-form.ts';

interface Signed {
  readonly Signature: Uint8Array;
}

const signers = (
  ['RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'] as const
).flatMap((spec) => (keySpecs[spec].algorithms.SIGN_VERIFY ?? []).map((algorithm) => ({ spec, algorithm })));

/** Whether somebody outside of KMS takes the signature. */
function holdsOutside(
  key: KeyObject,
  algorithm: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verify(hashOf(algorithm), message, { key, ...paddingOf(algorithm) }, signature);
}

function hashOf(algorithm: string): string {
  return `sha${algorithm.split('_').at(-1) ?? ''}`;
}

function paddingOf(algorithm: string): { padding?: number; saltLength?: number } {
  if (algorithm.startsWith('RSASSA_PSS'))
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return algorithm.startsWith('RSASSA') ? { padding: constants.RSA_PKCS1_PADDING } : {};
}

async function signingKey(spec: string) {
  const kms = memoryKms();
  const KeyId = await kms.newKey({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
  const { PublicKey } = await kms.call<{ PublicKey: Buffer }>('GetPublicKey', { KeyId });
  return { ...kms, KeyId, publicKey: createPublicKey({ key: PublicKey, format: 'der', type: 'spki' }) };
}

describe('a signing key', () => {
  const message = Buffer.from('to whom it may concern');

  // spec: KMS-SIGN-1, KMS-SIGN-2, KMS-SPEC-1
  test.each(signers)(
    '$spec signs a message and its digest with $algorithm, and others verify both',
    async ({ spec, algorithm: SigningAlgorithm }) => {
      const { call, KeyId, publicKey } = await signingKey(spec);
      const digest = createHash(hashOf(SigningAlgorithm)).update(message).digest();
      const forms = [
        { Message: message, MessageType: 'RAW' },
        { Message: digest, MessageType: 'DIGEST' },
      ];
      for (const form of forms) {
        const request = { KeyId, SigningAlgorithm, ...form };
        const { Signature } = await call<Signed>('Sign', request);
        expect(holdsOutside(publicKey, SigningAlgorithm, message, Signature)).toBe(true);
        // Signed in one form, it verifies in the other.
        for (const other of forms)
          await expect(call('Verify', { ...request, ...other, Signature })).resolves.toEqual({
            KeyId,
            SignatureValid: true,
            SigningAlgorithm,
          });
        const forged = Buffer.from(Signature);
        forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
        for (const wrong of [forged, forged.subarray(1), Buffer.from('30', 'hex')])
          await expect(call('Verify', { ...request, Signature: wrong })).rejects.toEqual(
            refusal('KMSInvalidSignatureException', ''),
          );
        const otherMessage = Buffer.from(form.Message);
        otherMessage[0] = (otherMessage[0] ?? 0) ^ 1;
        await expect(call('Verify', { ...request, Message: otherMessage, Signature })).rejects.toEqual(
          refusal('KMSInvalidSignatureException', ''),
        );
      }
    },
  );

  // spec: KMS-SIGN-1
  test('of Ed25519 signs messages', async () => {
    const { call, KeyId, publicKey } = await signingKey('ECC_NIST_EDWARDS25519');
    const request = { KeyId, Message: message, SigningAlgorithm: 'ED25519_SHA_512' };
    const { Signature } = await call<Signed>('Sign', request);
    expect(verify(null, message, publicKey, Signature)).toBe(true);
    await expect(call('Verify', { ...request, Signature })).resolves.toMatchObject({ SignatureValid: true });
  });

  // spec: KMS-SIGN-2
  test('refuses what is no digest of the algorithm', async () => {
    const { call, KeyId } = await signingKey('RSA_2048');
    const request = { KeyId, SigningAlgorithm: 'RSASSA_PSS_SHA_256', MessageType: 'DIGEST' };
    for (const Message of [Buffer.alloc(31), Buffer.alloc(33)])
      await expect(call('Sign', { ...request, Message })).rejects.toEqual(
        refusal('ValidationException', 'Digest is invalid length for algorithm RSASSA_PSS_SHA_256.'),
      );
    await expect(call('Sign', { ...request, Message: Buffer.alloc(32) })).resolves.toBeDefined();
  });

  // spec: KMS-CTX-4
  test('tells policies the algorithm and the form of the message', async () => {
    const { call, KeyId, asked } = await signingKey('ECC_NIST_P256');
    await call('Sign', { KeyId, Message: message, SigningAlgorithm: 'ECDSA_SHA_256' });
    const context = new Map(asked.at(-1)?.context);
    expect(asked.at(-1)?.action).toBe('kms:Sign');
    expect(context.get('kms:SigningAlgorithm')).toMatchObject({ values: ['ECDSA_SHA_256'] });
    expect(context.get('kms:MessageType')).toMatchObject({ values: ['RAW'] });
    expect(context.get('kms:KeySpec')).toMatchObject({ values: ['ECC_NIST_P256'] });
    expect(context.get('kms:KeyUsage')).toMatchObject({ values: ['SIGN_VERIFY'] });
  });
});

describe('an HMAC key', () => {
  // spec: KMS-MAC-1
  test.each(['224', '256', '384', '512'])('of %s bits makes codes that it knows again', async (bits) => {
    const { call, newKey } = memoryKms();
    const KeyId = await newKey({ KeySpec: `HMAC_${bits}`, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const request = { KeyId, Message: Buffer.from('m'), MacAlgorithm: `HMAC_SHA_${bits}` };
    const { Mac } = await call<{ Mac: Buffer }>('GenerateMac', request);
    expect(Mac).toHaveLength(Number(bits) / 8);
    await expect(call('VerifyMac', { ...request, Mac })).resolves.toMatchObject({ MacValid: true });
    for (const wrong of [Mac.subarray(1), Buffer.alloc(Mac.length)])
      await expect(call('VerifyMac', { ...request, Mac: wrong })).rejects.toEqual(
        refusal('KMSInvalidMacException', ''),
      );
  });
});

describe('an RSA key that encrypts', () => {
  // spec: KMS-RSA-1
  test.each([
    ['RSAES_OAEP_SHA_1', 214],
    ['RSAES_OAEP_SHA_256', 190],
  ])('takes with %s so much and no byte more, and opens it only as it was closed', async (algorithm, max) => {
    const { call, newKey } = memoryKms();
    const KeyId = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const request = { KeyId, EncryptionAlgorithm: algorithm };
    const Plaintext = Buffer.alloc(max, 7);
    const { CiphertextBlob } = await call<{ CiphertextBlob: Buffer }>('Encrypt', { ...request, Plaintext });
    await expect(call('Decrypt', { ...request, CiphertextBlob })).resolves.toMatchObject({
      Plaintext,
      KeyId,
    });
    await expect(call('Encrypt', { ...request, Plaintext: Buffer.alloc(max + 1) })).rejects.toEqual(
      refusal(
        'ValidationException',
        `Algorithm ${algorithm} and key spec RSA_2048 cannot encrypt data larger than ${String(max)} bytes.`,
      ),
    );
    const other = algorithm === 'RSAES_OAEP_SHA_1' ? 'RSAES_OAEP_SHA_256' : 'RSAES_OAEP_SHA_1';
    await expect(call('Decrypt', { KeyId, EncryptionAlgorithm: other, CiphertextBlob })).rejects.toEqual(
      refusal('InvalidCiphertextException', ''),
    );
    await expect(call('Decrypt', { EncryptionAlgorithm: algorithm, CiphertextBlob })).rejects.toEqual(
      refusal('ValidationException'),
    );
    const symmetric = await newKey();
    const moved = await call<{ CiphertextBlob: Buffer }>('ReEncrypt', {
      CiphertextBlob,
      SourceKeyId: KeyId,
      SourceEncryptionAlgorithm: algorithm,
      DestinationKeyId: symmetric,
    });
    await expect(call('Decrypt', { CiphertextBlob: moved.CiphertextBlob })).resolves.toMatchObject({
      Plaintext,
      KeyId: symmetric,
    });
  });
});

describe('a key for one purpose', () => {
  const bytes = Buffer.from('x');
  const usages = [
    ['Encrypt', { Plaintext: bytes }, 'SIGN_VERIFY'],
    ['GenerateDataKey', { KeySpec: 'AES_256' }, 'SIGN_VERIFY'],
    ['GenerateDataKeyPair', { KeyPairSpec: 'ECC_NIST_P256' }, 'SIGN_VERIFY'],
    ['GenerateMac', { Message: bytes, MacAlgorithm: 'HMAC_SHA_256' }, 'ENCRYPT_DECRYPT'],
    ['Sign', { Message: bytes, SigningAlgorithm: 'ECDSA_SHA_256' }, 'ENCRYPT_DECRYPT'],
  ] as const;

  // spec: KMS-SPEC-1
  test.each(usages)('refuses %s', async (operation, input, usage) => {
    const { call, newKey } = memoryKms();
    const KeySpec = usage === 'SIGN_VERIFY' ? 'ECC_NIST_P256' : 'SYMMETRIC_DEFAULT';
    const KeyId = await newKey({ KeySpec, KeyUsage: usage });
    await expect(call(operation, { ...input, KeyId })).rejects.toEqual(
      refusal(
        'InvalidKeyUsageException',
        `${KeyId} key usage is ${usage} which is not valid for ${operation}.`,
      ),
    );
  });

  // spec: KMS-SPEC-1
  test('refuses algorithms of other specs', async () => {
    const { call, newKey } = memoryKms();
    const KeyId = await newKey({ KeySpec: 'HMAC_224', KeyUsage: 'GENERATE_VERIFY_MAC' });
    await expect(
      call('GenerateMac', { KeyId, Message: bytes, MacAlgorithm: 'HMAC_SHA_256' }),
    ).rejects.toEqual(
      refusal('InvalidKeyUsageException', 'Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_224.'),
    );
  });

  // spec: KMS-SPEC-1
  test.each([
    ['HMAC_256', 'SIGN_VERIFY'],
    ['ECC_SECG_P256K1', 'ENCRYPT_DECRYPT'],
    ['SYMMETRIC_DEFAULT', 'GENERATE_VERIFY_MAC'],
    ['RSA_2048', 'KEY_AGREEMENT'],
  ])('is not made of the spec %s for %s', async (KeySpec, KeyUsage) => {
    const { newKey } = memoryKms();
    await expect(newKey({ KeySpec, KeyUsage })).rejects.toEqual(
      refusal('ValidationException', `KeyUsage ${KeyUsage} is not compatible with KeySpec ${KeySpec}`),
    );
  });

  // spec: KMS-GRANTOP-4
  test.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'GenerateDataKeyPair', 'Sign'],
    ['RSA_2048', 'ENCRYPT_DECRYPT', 'ReEncryptTo', 'GenerateDataKey'],
    ['ECC_NIST_P256', 'SIGN_VERIFY', 'Verify', 'Encrypt'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', 'VerifyMac', 'GetPublicKey'],
  ])('of the spec %s for %s grants %s and not %s', async (KeySpec, KeyUsage, own, other) => {
    const { call, newKey } = memoryKms();
    const KeyId = await newKey({ KeySpec, KeyUsage });
    const grant = { KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:role/reader' };
    await expect(call('CreateGrant', { ...grant, Operations: [own, 'DescribeKey'] })).resolves.toBeDefined();
    await expect(call('CreateGrant', { ...grant, Operations: [own, other] })).rejects.toEqual(
      refusal('ValidationException'),
    );
  });

  // spec: KMS-ALIAS-1
  test('hands its alias to its like only', async () => {
    const { call, newKey } = memoryKms();
    const [symmetric, another] = [await newKey(), await newKey()];
    const signing = await newKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const AliasName = 'alias/use';
    await call('CreateAlias', { AliasName, TargetKeyId: symmetric });
    await expect(call('UpdateAlias', { AliasName, TargetKeyId: signing })).rejects.toEqual(
      refusal('ValidationException'),
    );
    await call('UpdateAlias', { AliasName, TargetKeyId: another });
    await expect(call('DescribeKey', { KeyId: AliasName })).resolves.toMatchObject({
      KeyMetadata: { Arn: another },
    });
  });
});

describe('an exported setup', () => {
  test('names symmetric keys only: no other encrypts a bucket', async () => {
    const { newKey, records, world } = memoryKms();
    const symmetric = await newKey();
    await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const entries = await keyEntries(records, world.nowMillis());
    expect(entries.map((entry) => entry.arn)).toEqual([symmetric]);
  });
});

describe('a data key pair', () => {
  // spec: KMS-DATAKEY-2, KMS-CTX-4
  test('is a public key and the private key that opens from the ciphertext', async () => {
    const { call, newKey, asked } = memoryKms();
    const EncryptionContext = { a: '1' };
    const request = { KeyId: await newKey(), KeyPairSpec: 'ECC_NIST_P256', EncryptionContext };
    const made = await call<Record<string, Buffer>>('GenerateDataKeyPair', request);
    const { PrivateKeyPlaintext, PrivateKeyCiphertextBlob: CiphertextBlob, PublicKey } = made;
    expect(new Map(asked.at(-1)?.context).get('kms:DataKeyPairSpec')).toMatchObject({
      values: ['ECC_NIST_P256'],
    });
    await expect(call('Decrypt', { CiphertextBlob, EncryptionContext })).resolves.toMatchObject({
      Plaintext: PrivateKeyPlaintext,
    });
    if (PrivateKeyPlaintext === undefined || PublicKey === undefined) throw new Error('no pair');
    const data = Buffer.from('data');
    const signature = sign('sha256', data, { key: PrivateKeyPlaintext, format: 'der', type: 'pkcs8' });
    expect(verify('sha256', data, { key: PublicKey, format: 'der', type: 'spki' }, signature)).toBe(true);
    const without = await call<object>('GenerateDataKeyPairWithoutPlaintext', request);
    expect(without).not.toHaveProperty('PrivateKeyPlaintext');
  });
});
