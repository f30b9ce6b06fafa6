/**
 * What Sign and Verify share.
 * spec: KMS-SIGN-1, KMS-SIGN-2
 */
import { constants, sign, verify, createPublicKey, type KeyObject } from 'node:crypto';
import { present } from '../../policy/context.ts';
import { lengthBetween, oneOf, required } from '../constraints.ts';
import type { ContextEntries } from '../operation.ts';
import { isDigestSignature, signDigest, type SigningScheme } from './digest-signature.ts';
import { kmsErrors } from './errors.ts';
import { assertConstraints, keyIdFaults } from './validate.ts';

export interface SigningRequest {
  readonly KeyId: string | undefined;
  readonly Message: Uint8Array | undefined;
  readonly MessageType?: string | undefined;
  readonly SigningAlgorithm: string | undefined;
}

const algorithms: Readonly<Record<string, SigningScheme | 'ed25519'>> = {
  RSASSA_PSS_SHA_256: { scheme: 'pss', hash: 'sha256' },
  RSASSA_PSS_SHA_384: { scheme: 'pss', hash: 'sha384' },
  RSASSA_PSS_SHA_512: { scheme: 'pss', hash: 'sha512' },
  RSASSA_PKCS1_V1_5_SHA_256: { scheme: 'pkcs1', hash: 'sha256' },
  RSASSA_PKCS1_V1_5_SHA_384: { scheme: 'pkcs1', hash: 'sha384' },
  RSASSA_PKCS1_V1_5_SHA_512: { scheme: 'pkcs1', hash: 'sha512' },
  ECDSA_SHA_256: { scheme: 'ecdsa', hash: 'sha256' },
  ECDSA_SHA_384: { scheme: 'ecdsa', hash: 'sha384' },
  ECDSA_SHA_512: { scheme: 'ecdsa', hash: 'sha512' },
  ED25519_SHA_512: 'ed25519',
};
/** Those that KMS knows and this server refuses. */
const otherAlgorithms = ['SM2DSA', 'ML_DSA_SHAKE_256', 'ED25519_PH_SHA_512'];

const digestBytes: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };

export function validateSigning(input: SigningRequest): void {
  assertConstraints(
    ...keyIdFaults(input.KeyId),
    required('message', input.Message),
    lengthBetween('message', input.Message, 1, 4096),
    oneOf('messageType', input.MessageType, ['RAW', 'DIGEST', 'EXTERNAL_MU']),
    required('signingAlgorithm', input.SigningAlgorithm),
    oneOf('signingAlgorithm', input.SigningAlgorithm, [...Object.keys(algorithms), ...otherAlgorithms]),
  );
}

/** spec: KMS-CTX-4 */
export function signingEntries(input: SigningRequest): ContextEntries {
  return [
    ['kms:SigningAlgorithm', present(input.SigningAlgorithm ?? '')],
    ['kms:MessageType', present(input.MessageType ?? 'RAW')],
  ];
}

/** @throws ValidationException what is called a digest is none of the algorithm's */
export function assertMessage(input: SigningRequest): void {
  const { MessageType = 'RAW', SigningAlgorithm = '', Message = new Uint8Array() } = input;
  if (MessageType === 'RAW') return;
  const algorithm = algorithms[SigningAlgorithm];
  if (MessageType === 'EXTERNAL_MU' || algorithm === undefined || algorithm === 'ed25519')
    throw kmsErrors.messageTypeNotValid({ messageType: MessageType, algorithm: SigningAlgorithm });
  if (Message.length !== digestBytes[algorithm.hash])
    throw kmsErrors.digestLength({ algorithm: SigningAlgorithm });
}

export function signMessage(
  privateKey: KeyObject,
  input: SigningRequest,
  random: (length: number) => Uint8Array,
): Buffer {
  const { Message = new Uint8Array() } = input;
  const algorithm = schemeOf(input);
  if (algorithm === 'ed25519') return sign(null, Message, privateKey);
  if (input.MessageType === 'DIGEST') return signDigest(privateKey, algorithm, Message, random);
  return sign(algorithm.hash, Message, { key: privateKey, ...optionsOf(algorithm) });
}

export function isSignature(privateKey: KeyObject, input: SigningRequest, signature: Uint8Array): boolean {
  const { Message = new Uint8Array() } = input;
  const algorithm = schemeOf(input);
  const key = createPublicKey(privateKey);
  if (algorithm === 'ed25519') return verify(null, Message, key, signature);
  if (input.MessageType === 'DIGEST') return isDigestSignature(privateKey, algorithm, Message, signature);
  return verify(algorithm.hash, Message, { key, ...optionsOf(algorithm) }, signature);
}

function schemeOf({ SigningAlgorithm = '' }: SigningRequest): SigningScheme | 'ed25519' {
  const algorithm = algorithms[SigningAlgorithm];
  if (algorithm === undefined) throw kmsErrors.notSupported({ what: SigningAlgorithm });
  return algorithm;
}

function optionsOf({ scheme }: SigningScheme) {
  switch (scheme) {
    case 'pss':
      return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    case 'pkcs1':
      return { padding: constants.RSA_PKCS1_PADDING };
    case 'ecdsa':
      return { dsaEncoding: 'der' as const };
  }
}
