/**
 * What a key of each spec is made of and what it can be used for: one table.
 * spec: KMS-SPEC-1
 */
import type { EncryptionAlgorithmSpec, MacAlgorithmSpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { kmsErrors } from './errors.ts';
import type { KeyRecord } from './ports.ts';

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC';

export type KeyPairSpec =
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'ECC_NIST_P256'
  | 'ECC_NIST_P384'
  | 'ECC_NIST_P521'
  | 'ECC_SECG_P256K1'
  | 'ECC_NIST_EDWARDS25519';

export type KeySpec = 'SYMMETRIC_DEFAULT' | KeyPairSpec | 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512';

export type KeyPairForm =
  | { readonly kind: 'rsa'; readonly modulusBits: number }
  | { readonly kind: 'ec'; readonly namedCurve: string }
  | { readonly kind: 'ed25519' };

export type KeyForm = { readonly kind: 'symmetric' | 'hmac'; readonly materialBytes: number } | KeyPairForm;

interface KeySpecDetails<Form extends KeyForm = KeyForm> {
  readonly form: Form;
  /** The algorithms of each usage that the spec has. */
  readonly algorithms: {
    readonly ENCRYPT_DECRYPT?: readonly EncryptionAlgorithmSpec[];
    readonly SIGN_VERIFY?: readonly SigningAlgorithmSpec[];
    readonly GENERATE_VERIFY_MAC?: readonly MacAlgorithmSpec[];
  };
}

const rsaAlgorithms: KeySpecDetails['algorithms'] = {
  ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  SIGN_VERIFY: [
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
  ],
};

export const keyPairSpecs: Readonly<Record<KeyPairSpec, KeySpecDetails<KeyPairForm>>> = {
  RSA_2048: { form: { kind: 'rsa', modulusBits: 2048 }, algorithms: rsaAlgorithms },
  RSA_3072: { form: { kind: 'rsa', modulusBits: 3072 }, algorithms: rsaAlgorithms },
  RSA_4096: { form: { kind: 'rsa', modulusBits: 4096 }, algorithms: rsaAlgorithms },
  ECC_NIST_P256: ecc('prime256v1', 'ECDSA_SHA_256'),
  ECC_NIST_P384: ecc('secp384r1', 'ECDSA_SHA_384'),
  ECC_NIST_P521: ecc('secp521r1', 'ECDSA_SHA_512'),
  ECC_SECG_P256K1: ecc('secp256k1', 'ECDSA_SHA_256'),
  ECC_NIST_EDWARDS25519: { form: { kind: 'ed25519' }, algorithms: { SIGN_VERIFY: ['ED25519_SHA_512'] } },
};

export const keySpecs: Readonly<Record<KeySpec, KeySpecDetails>> = {
  SYMMETRIC_DEFAULT: {
    form: { kind: 'symmetric', materialBytes: 32 },
    algorithms: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
  },
  ...keyPairSpecs,
  HMAC_224: hmac(28, 'HMAC_SHA_224'),
  HMAC_256: hmac(32, 'HMAC_SHA_256'),
  HMAC_384: hmac(48, 'HMAC_SHA_384'),
  HMAC_512: hmac(64, 'HMAC_SHA_512'),
};

export function isKeySpec(text: string): text is KeySpec {
  return Object.hasOwn(keySpecs, text);
}

export function isKeyPairSpec(text: string): text is KeyPairSpec {
  return Object.hasOwn(keyPairSpecs, text);
}

/** The algorithms that a key may be used with. */
export function algorithmsOf(key: Pick<KeyRecord, 'keySpec' | 'keyUsage'>): readonly string[] {
  return keySpecs[key.keySpec].algorithms[key.keyUsage] ?? [];
}

/** Which of the three kinds a key is: an alias never leads from one to another. */
export function keyTypeOf(key: Pick<KeyRecord, 'keySpec'>): 'symmetric' | 'asymmetric' | 'HMAC' {
  const { kind } = keySpecs[key.keySpec].form;
  return kind === 'symmetric' ? 'symmetric' : kind === 'hmac' ? 'HMAC' : 'asymmetric';
}

/** @throws InvalidKeyUsageException the key is for something else, or not for this algorithm */
export function assertUsage(operation: string, key: KeyRecord, usage: KeyUsage, algorithm: string): void {
  if (key.keyUsage !== usage)
    throw kmsErrors.invalidKeyUsage({ arn: key.arn, keyUsage: key.keyUsage, operation });
  if (!algorithmsOf(key).includes(algorithm))
    throw kmsErrors.algorithmNotCompatible({ algorithm, keySpec: key.keySpec });
}

/** @throws UnsupportedOperationException the operation is for keys of another spec */
export function assertSymmetric(key: KeyRecord): void {
  if (key.keySpec !== 'SYMMETRIC_DEFAULT')
    throw kmsErrors.keySpecNotValid({ arn: key.arn, keySpec: key.keySpec });
}

function ecc(namedCurve: string, algorithm: SigningAlgorithmSpec): KeySpecDetails<KeyPairForm> {
  return { form: { kind: 'ec', namedCurve }, algorithms: { SIGN_VERIFY: [algorithm] } };
}

function hmac(materialBytes: number, algorithm: MacAlgorithmSpec): KeySpecDetails {
  return { form: { kind: 'hmac', materialBytes }, algorithms: { GENERATE_VERIFY_MAC: [algorithm] } };
}
