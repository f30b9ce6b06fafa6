/**
 * Signatures of a digest that the caller made. Node's `sign` hashes whatever it is given, so the last step of each
 * scheme stands here, on Node's RSA and curve arithmetic.
 * spec: KMS-SIGN-2
 */
import {
  constants,
  createECDH,
  createHash,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { readSignature, writeSignature } from './ecdsa-signature.ts';

type RandomBytes = (length: number) => Uint8Array;

export function signDigest(
  privateKey: KeyObject,
  { scheme, hash }: SigningScheme,
  digest: Uint8Array,
  random: RandomBytes,
): Buffer {
  switch (scheme) {
    case 'pkcs1':
      return privateEncrypt(
        { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
        digestInfo(hash, digest),
      );
    case 'pss': {
      const encoded = pssEncode(modulusBytes(privateKey), hash, digest, random(digest.length));
      return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded);
    }
    case 'ecdsa':
      return ecdsaSign(privateKey, digest, random);
  }
}

export function isDigestSignature(
  privateKey: KeyObject,
  { scheme, hash }: SigningScheme,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (scheme) {
    case 'pkcs1': {
      const opened = rsaOpen(privateKey, constants.RSA_PKCS1_PADDING, signature);
      const expected = digestInfo(hash, digest);
      return opened?.length === expected.length && timingSafeEqual(opened, expected);
    }
    case 'pss': {
      const opened = rsaOpen(privateKey, constants.RSA_NO_PADDING, signature);
      return opened !== null && isPssEncoding(opened, hash, digest);
    }
    case 'ecdsa':
      return isEcdsaSignature(privateKey, digest, signature);
  }
}

export interface SigningScheme {
  readonly scheme: 'pkcs1' | 'pss' | 'ecdsa';
  /** As Node calls it. */
  readonly hash: string;
}

/** What precedes a digest in a PKCS #1 signature: the hash's identifier in DER. */
const digestInfoPrefixes: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

function digestInfo(hash: string, digest: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(digestInfoPrefixes[hash] ?? '', 'hex'), digest]);
}

function rsaOpen(privateKey: KeyObject, padding: number, signature: Uint8Array): Buffer | null {
  try {
    return publicDecrypt({ key: createPublicKey(privateKey), padding }, signature);
  } catch {
    // A signature of another length, or one whose padding is not there: no signature of this key.
    return null;
  }
}

function modulusBytes(privateKey: KeyObject): number {
  return (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
}

/** EMSA-PSS of RFC 8017, 9.1.1, with a salt as long as the digest. Moduli are of whole bytes, so one bit is left clear. */
function pssEncode(length: number, hash: string, digest: Uint8Array, salt: Uint8Array): Buffer {
  const seal = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const block = Buffer.alloc(length - seal.length - 1);
  block[block.length - salt.length - 1] = 0x01;
  block.set(salt, block.length - salt.length);
  mask(block, hash, seal);
  return Buffer.concat([block, seal, Buffer.from([0xbc])]);
}

function isPssEncoding(encoded: Buffer, hash: string, digest: Uint8Array): boolean {
  const saltLength = digest.length;
  const block = Buffer.from(encoded.subarray(0, encoded.length - digest.length - 1));
  const seal = encoded.subarray(block.length, encoded.length - 1);
  mask(block, hash, seal);
  const salt = block.subarray(block.length - saltLength);
  const expected = pssEncode(encoded.length, hash, digest, salt);
  return timingSafeEqual(expected, encoded);
}

/** MGF1 of RFC 8017, B.2.1, laid over `block`; its first bit is cleared. */
function mask(block: Buffer, hash: string, seed: Uint8Array): void {
  const counter = Buffer.alloc(4);
  for (let at = 0, round = 0; at < block.length; round++) {
    counter.writeUInt32BE(round);
    for (const byte of createHash(hash).update(seed).update(counter).digest()) {
      if (at >= block.length) break;
      block[at] = (block[at] ?? 0) ^ byte;
      at++;
    }
  }
  block[0] = (block[0] ?? 0) & 0x7f;
}

/** The order of each curve's base point. */
const curveOrders: Readonly<Record<string, bigint>> = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp384r1:
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  secp521r1:
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
};

interface Curve {
  readonly name: string;
  readonly order: bigint;
  readonly orderBytes: number;
  readonly secret: bigint;
}

function curveOf(privateKey: KeyObject): Curve {
  const name = privateKey.asymmetricKeyDetails?.namedCurve ?? '';
  const order = curveOrders[name];
  const { d } = privateKey.export({ format: 'jwk' });
  if (order === undefined || d === undefined) throw new RangeError(`no curve ${name}`);
  const orderBytes = Math.ceil(order.toString(16).length / 2);
  return { name, order, orderBytes, secret: toNumber(Buffer.from(d, 'base64url')) };
}

function ecdsaSign(privateKey: KeyObject, digest: Uint8Array, random: RandomBytes): Buffer {
  const curve = curveOf(privateKey);
  const { order, orderBytes, secret } = curve;
  for (;;) {
    // Eight bytes more than needed: what the remainder prefers is too little to tell.
    const nonce = (toNumber(random(orderBytes + 8)) % (order - 1n)) + 1n;
    const r = baseMultipleX(curve, nonce) % order;
    const s = (inverse(nonce, order) * (toNumber(digest) + r * secret)) % order;
    if (r !== 0n && s !== 0n) return writeSignature(r, s);
  }
}

/** With the secret at hand, the sum of two multiples that ECDSA compares is one multiple of the base point. */
function isEcdsaSignature(privateKey: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const curve = curveOf(privateKey);
  const { order, secret } = curve;
  const read = readSignature(signature);
  if (read === null) return false;
  const { r, s } = read;
  if (r <= 0n || s <= 0n || r >= order || s >= order) return false;
  const factor = (inverse(s, order) * (toNumber(digest) + r * secret)) % order;
  return factor !== 0n && baseMultipleX(curve, factor) % order === r;
}

/** The first coordinate of `factor` times the base point. */
function baseMultipleX({ name, orderBytes }: Curve, factor: bigint): bigint {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(Buffer.from(factor.toString(16).padStart(orderBytes * 2, '0'), 'hex'));
  const point = ecdh.getPublicKey();
  return toNumber(point.subarray(1, 1 + (point.length - 1) / 2));
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** Euclid's way; `order` is prime, so there always is one. */
function inverse(value: bigint, order: bigint): bigint {
  let [a, b, x, y] = [value % order, order, 1n, 0n];
  while (b !== 0n) {
    const times = a / b;
    [a, b] = [b, a - times * b];
    [x, y] = [y, x - times * y];
  }
  return ((x % order) + order) % order;
}
