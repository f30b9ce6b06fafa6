import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createHmac, createSecretKey } from 'node:crypto';
import { AwsError } from '../services/aws-error.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { ChunkSigning } from './aws-chunked.ts';
import { hmac, sha256Hex } from './sigv4.ts';

// source: Amazon S3 API Reference, "Signature Calculations: Transferring Payload in Multiple Chunks", read 2026-07-01
const signing: ChunkSigning = {
  signingKey: createSecretKey(
    ['us-east-1', 's3', 'aws4_request'].reduce<Buffer>(
      (key, part) => hmac(key, part),
      createHmac('sha256', 'AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY').update('20130524').digest(),
    ),
  ),
  seedSignature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  signedAt: '20130524T000000Z',
  scope: '20130524/us-east-1/s3/aws4_request',
};
const published = [
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
] as const;
const large = 'a'.repeat(65536);
const small = 'a'.repeat(1024);
const publishedBody = `10000;chunk-signature=${published[0]}\r\n${large}\r\n400;chunk-signature=${published[1]}\r\n${small}\r\n0;chunk-signature=${published[2]}\r\n\r\n`;

interface Decoding {
  readonly signing?: ChunkSigning | null;
  readonly announcedTrailers?: readonly string[];
  readonly decodedBytes?: number;
  /** How the bytes arrive: in pieces of this size. */
  readonly pieceBytes?: number;
}

async function decode(
  body: string,
  options: Decoding = {},
): Promise<{ text: string; trailers: object } | string> {
  const { pieceBytes = 1000 } = options;
  const bytes = Buffer.from(body, 'latin1');
  const pieces = (async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  })();
  let trailers = {};
  const parts: Uint8Array[] = [];
  try {
    for await (const part of decodeAwsChunked(pieces, {
      signing: options.signing ?? null,
      announcedTrailers: options.announcedTrailers ?? [],
      decodedBytes: options.decodedBytes ?? 5,
      onTrailers: (received) => (trailers = received),
    }))
      parts.push(Buffer.from(part));
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
  return { text: Buffer.concat(parts).toString('latin1'), trailers };
}

// spec: WIRE-CHUNK-2
describe('signed chunks', () => {
  it('the published example decodes, in whatever pieces it arrives', async () => {
    for (const pieceBytes of [1, 7, 65536, 1_000_000])
      expect(await decode(publishedBody, { signing, decodedBytes: 66560, pieceBytes })).toEqual({
        text: large + small,
        trailers: {},
      });
  });

  it.each([
    ['a byte of the data', publishedBody.replace('\r\naaa', '\r\naab')],
    ['a digit of a signature', publishedBody.replace('ad80c', 'ad80d')],
    ['the order of two signatures', publishedBody.replace(published[0], published[1])],
    ['the last signature', publishedBody.replace('b6c6e', 'b6c6f')],
  ])('%s changed is a mismatch', async (_, body) => {
    expect(await decode(body, { signing, decodedBytes: 66560 })).toBe('SignatureDoesNotMatch');
  });

  it.each([
    ['an unsigned chunk', publishedBody.replace(`;chunk-signature=${published[1]}`, ''), 66560],
    ['a body cut off', publishedBody.slice(0, 60000), 66560],
    ['no last chunk', publishedBody.slice(0, publishedBody.lastIndexOf('0;')), 66560],
    ['more bytes than announced', publishedBody, 66559],
    ['fewer bytes than announced', publishedBody, 66561],
  ])('%s is incomplete', async (_, body, decodedBytes) => {
    expect(await decode(body, { signing, decodedBytes })).toBe('IncompleteBody');
  });

  // spec: WIRE-CHUNK-4
  it('only the last chunk may be small', async () => {
    const body = signedBody(['a'.repeat(100), 'b'.repeat(100)]);
    expect(await decode(body, { signing, decodedBytes: 200 })).toBe('InvalidChunkSizeError');
    const one = signedBody(['a'.repeat(100)]);
    expect(await decode(one, { signing, decodedBytes: 100 })).toMatchObject({ text: 'a'.repeat(100) });
  });
});

// spec: WIRE-CHUNK-3
describe('trailers', () => {
  const announcedTrailers = ['x-amz-checksum-crc32'];

  it('are told when the body has ended', async () => {
    const body = '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n';
    expect(await decode(body, { announcedTrailers })).toEqual({
      text: 'hello',
      trailers: { 'x-amz-checksum-crc32': 'NhCmhg==' },
    });
  });

  it.each([
    ['an announced one that does not come', '5\r\nhello\r\n0\r\n\r\n'],
    ['one that was not announced', '5\r\nhello\r\n0\r\nx-amz-checksum-sha1:x\r\n\r\n'],
    ['one that comes twice', '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:a\r\nx-amz-checksum-crc32:a\r\n\r\n'],
    ['a line that is no header', '5\r\nhello\r\n0\r\nnonsense\r\n\r\n'],
  ])('%s is malformed', async (_, body) => {
    expect(await decode(body, { announcedTrailers })).toBe('MalformedTrailerError');
  });

  it('are covered by a signature of their own', async () => {
    const body = signedBody(['hello'], 'x-amz-checksum-crc32:NhCmhg==');
    expect(await decode(body, { signing, announcedTrailers })).toMatchObject({ text: 'hello' });
    expect(await decode(body.replace('NhCmhg', 'NhCmhh'), { signing, announcedTrailers })).toBe(
      'SignatureDoesNotMatch',
    );
    const unsigned = body.replace(/x-amz-trailer-signature:.*\r\n/, '');
    expect(await decode(unsigned, { signing, announcedTrailers })).toBe('MalformedTrailerError');
  });
});

// spec: WIRE-CHUNK-1
it('any data in any chunks and pieces comes out as it went in', async () => {
  const chunks = fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 50 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 60 }), async (texts, pieceBytes) => {
      const framed = texts.map((text) => `${text.length.toString(16)}\r\n${text}\r\n`).join('');
      const decodedBytes = texts.join('').length;
      expect(await decode(`${framed}0\r\n\r\n`, { decodedBytes, pieceBytes })).toMatchObject({
        text: texts.join(''),
      });
    }),
  );
});

it('garbage is refused, never a crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary-ascii' }), fc.boolean(), async (garbage, isSigned) => {
      const result = await decode(garbage, { signing: isSigned ? signing : null, decodedBytes: 1 });
      expect(typeof result === 'string' || result.text.length === 1).toBe(true);
    }),
  );
});

function signedBody(chunks: readonly string[], trailer?: string): string {
  let previous = signing.seedSignature;
  const { signedAt, scope, signingKey } = signing;
  const sign = (stringToSign: string): string => hmac(signingKey, stringToSign).toString('hex');
  let body = '';
  for (const chunk of [...chunks, '']) {
    previous = sign(
      `AWS4-HMAC-SHA256-PAYLOAD\n${signedAt}\n${scope}\n${previous}\n${sha256Hex('')}\n${sha256Hex(chunk)}`,
    );
    body += `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}${chunk === '' ? '' : '\r\n'}`;
  }
  if (trailer === undefined) return `${body}\r\n`;
  const signature = sign(
    `AWS4-HMAC-SHA256-TRAILER\n${signedAt}\n${scope}\n${previous}\n${sha256Hex(`${trailer}\n`)}`,
  );
  return `${body}${trailer}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`;
}
