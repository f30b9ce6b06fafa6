/**
 * A self-signed certificate for a key pair, in PEM: just enough of X.509 and DER for subscribers that verify
 * messages. Node signs and reads certificates but makes none; why this is not a package stands in
 * docs/decisions/0009-a-certificate-of-our-own.md.
 */
import { sign, type KeyObject } from 'node:crypto';

export interface CertificateSubject {
  readonly commonName: string;
  readonly notBeforeMillis: number;
  readonly notAfterMillis: number;
  /** Sixteen random bytes. */
  readonly serial: Uint8Array;
}

export function selfSignedCertificate(
  pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  subject: CertificateSubject,
): string {
  const name = sequence(set(sequence(objectId(commonName), utf8(subject.commonName))));
  const body = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(positive(subject.serial)),
    sha256WithRsa,
    name,
    sequence(time(subject.notBeforeMillis), time(subject.notAfterMillis)),
    name,
    pair.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, pair.privateKey);
  return pem(sequence(body, sha256WithRsa, bitString(signature)));
}

// Object identifiers: 2.5.4.3 and 1.2.840.113549.1.1.11.
const commonName = Uint8Array.of(0x55, 0x04, 0x03);
const sha256WithRsaId = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b);
const sha256WithRsa = sequence(objectId(sha256WithRsaId), Uint8Array.of(0x05, 0x00));

function element(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const lengthBytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) lengthBytes.unshift(rest & 0xff);
  const header = length < 0x80 ? [length] : [0x80 | lengthBytes.length, ...lengthBytes];
  return Buffer.concat([Uint8Array.of(tag, ...header), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function set(part: Uint8Array): Buffer {
  return element(0x31, part);
}

function explicit(number: number, part: Uint8Array): Buffer {
  return element(0xa0 | number, part);
}

function objectId(bytes: Uint8Array): Buffer {
  return element(0x06, bytes);
}

function integer(bytes: Uint8Array): Buffer {
  return element(0x02, bytes);
}

/** Without a leading zero or sign, as DER wants it. */
function positive(bytes: Uint8Array): Uint8Array {
  const own = Uint8Array.from(bytes);
  own[0] = ((own[0] ?? 0) & 0x7f) | 0x40;
  return own;
}

function bitString(bytes: Uint8Array): Buffer {
  return element(0x03, Buffer.concat([Uint8Array.of(0), bytes]));
}

function utf8(text: string): Buffer {
  return element(0x0c, Buffer.from(text));
}

/** Four-digit years from 2050 on, two-digit ones before: RFC 5280. */
function time(millis: number): Buffer {
  const digits = new Date(millis).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return millis < Date.UTC(2050, 0, 1)
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits));
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
