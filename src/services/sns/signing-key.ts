/**
 * The pair that signs messages, made when the first is sent and kept: subscribers fetch its certificate from this
 * server.
 * spec: SNS-SIGN-1, SNS-SIGN-2
 */
import { createHash, createPrivateKey, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { put, type Records } from '../records.ts';
import { openText, sealText, type Sealing } from '../sealing.ts';
import type { SignatureVersion } from './endpoint-message.ts';
import { signingKeys, type SigningKeyRecord } from './ports.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

export interface SigningParts {
  readonly records: Records;
  readonly sealing: Sealing;
  readonly nowMillis: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

export interface SigningKey {
  readonly certificate: string;
  /** Under which this server shows the certificate. */
  readonly certificatePath: string;
  /** In base64. */
  sign(text: string, version: SignatureVersion): string;
}

const current = 'current';
const dayMillis = 24 * 3600 * 1000;

/** Reads the pair, or makes it. Ask once, and keep the answer. */
export async function signingKey(parts: SigningParts): Promise<SigningKey> {
  const stored = await storedPair(parts);
  if (stored !== null) return stored;
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const nowMillis = parts.nowMillis();
  const certificate = selfSignedCertificate(pair, {
    commonName: 'sns.amazonaws.com',
    // Whatever the clock was moved to: it is for tests to run on.
    notBeforeMillis: nowMillis - 366 * dayMillis,
    notAfterMillis: nowMillis + 20 * 366 * dayMillis,
    serial: parts.randomBytes(16),
  });
  const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const record: SigningKeyRecord = { certificate, privateKey: sealText(parts.sealing, privateKey) };
  // Where another process was first, its pair it is.
  await parts.records.commit([put(signingKeys, current, record, { ifRevision: 0 })]);
  const made = await storedPair(parts);
  if (made === null) throw new Error('a pair that was just stored is not there');
  return made;
}

async function storedPair({ records, sealing }: SigningParts): Promise<SigningKey | null> {
  const stored = await records.get(signingKeys, current);
  if (stored === null) return null;
  const { certificate, privateKey } = stored.value;
  return keyOf(certificate, createPrivateKey(openText(sealing, privateKey)));
}

function keyOf(certificate: string, privateKey: KeyObject): SigningKey {
  const name = createHash('md5').update(certificate).digest('hex');
  return {
    certificate,
    certificatePath: `/SimpleNotificationService-${name}.pem`,
    sign: (text, version) =>
      sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(text), privateKey).toString('base64'),
  };
}
