import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from './self-signed-certificate.ts';

// OpenSSL reads it, within Node: an encoder that is not ours.
// spec: SNS-SIGN-2
test.each([
  ['2026-11-25T03:04:05Z', '2046-11-25T03:04:05Z', 0x00],
  ['2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z', 0xff],
])(
  'a certificate from %s to %s stands for its own key, whatever its serial begins with',
  (from, to, first) => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const certificate = new X509Certificate(
      selfSignedCertificate(pair, {
        commonName: 'sns.amazonaws.com',
        notBeforeMillis: Date.parse(from),
        notAfterMillis: Date.parse(to),
        serial: new Uint8Array(16).fill(first),
      }),
    );
    expect(certificate.verify(pair.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.subject).toBe('CN=sns.amazonaws.com');
    expect(certificate.validFromDate).toEqual(new Date(from));
    expect(certificate.validToDate).toEqual(new Date(to));
    expect(certificate.publicKey.equals(pair.publicKey)).toBe(true);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(certificate.verify(other.publicKey)).toBe(false);
  },
);
