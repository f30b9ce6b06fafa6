/** Against the worked examples that AWS publishes, each with its neighbour that must fail. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { HttpHead } from './http-message.ts';
import { readAuthorization, sha256Hex, signHeaders, verifySignature } from './sigv4.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

interface Example {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadHash: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

// source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header", examples
const examples: readonly Example[] = [
  {
    name: 'GET with a Range',
    method: 'GET',
    path: '/test.txt',
    headers: { range: 'bytes=0-9', 'x-amz-content-sha256': emptyHash },
    payloadHash: emptyHash,
    signedHeaders: 'host;range;x-amz-content-sha256;x-amz-date',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT of a key with a dollar sign',
    method: 'PUT',
    path: '/test%24file.text',
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    payloadHash: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    signedHeaders: 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'GET of a sub-resource',
    method: 'GET',
    path: '/',
    query: 'lifecycle',
    headers: { 'x-amz-content-sha256': emptyHash },
    payloadHash: emptyHash,
    signedHeaders: 'host;x-amz-content-sha256;x-amz-date',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'GET of a listing, its parameters in another order',
    method: 'GET',
    path: '/',
    query: 'prefix=J&max-keys=2',
    headers: { 'x-amz-content-sha256': emptyHash },
    payloadHash: emptyHash,
    signedHeaders: 'host;x-amz-content-sha256;x-amz-date',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
];

function headOf(example: Example, signature: string): HttpHead {
  const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
  return {
    method: example.method,
    path: example.path,
    query: example.query ?? '',
    headers: new Map(
      Object.entries({
        host: 'examplebucket.s3.amazonaws.com',
        'x-amz-date': '20130524T000000Z',
        authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${example.signedHeaders},Signature=${signature}`,
        ...example.headers,
      }),
    ),
  };
}

function verify(head: HttpHead, payloadHash: string, secret = secretAccessKey): string {
  const read = readAuthorization(head);
  if (read.outcome === 'fault') return read.fault.kind;
  const result = verifySignature(head, read.authorization, {
    secretAccessKey: secret,
    payloadHash,
    pathSigning: 'as-received',
  });
  return 'fault' in result ? result.fault.kind : 'verified';
}

// spec: WIRE-SIGN-1, WIRE-SIGN-2, WIRE-SIGN-4
describe('the examples that AWS publishes', () => {
  it.each(examples)('$name: the signature holds', (example) => {
    expect(verify(headOf(example, example.signature), example.payloadHash)).toBe('verified');
  });

  it.each(examples)('$name: one digit of the signature more, and it does not', (example) => {
    const last = example.signature.endsWith('0') ? '1' : '0';
    const forged = example.signature.slice(0, -1) + last;
    expect(verify(headOf(example, forged), example.payloadHash)).toBe('signature-mismatch');
  });

  it.each(examples)('$name: another path, and it does not', (example) => {
    const head = { ...headOf(example, example.signature), path: `${example.path}x` };
    expect(verify(head, example.payloadHash)).toBe('signature-mismatch');
  });

  // source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters"
  it('a presigned URL holds', () => {
    const head: HttpHead = {
      method: 'GET',
      path: '/test.txt',
      query:
        'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
      headers: new Map([['host', 'examplebucket.s3.amazonaws.com']]),
    };
    expect(verify(head, 'UNSIGNED-PAYLOAD')).toBe('verified');
    const later = { ...head, query: head.query.replace('=86400', '=86401') };
    expect(verify(later, 'UNSIGNED-PAYLOAD')).toBe('signature-mismatch');
  });

  // source: AWS General Reference, "Signature Version 4 signing process", ListUsers
  it('a request of the query protocol holds', () => {
    const head: HttpHead = {
      method: 'GET',
      path: '/',
      query: 'Action=ListUsers&Version=2010-05-08',
      headers: new Map([
        ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
        ['host', 'iam.amazonaws.com'],
        ['x-amz-date', '20150830T123600Z'],
        [
          'authorization',
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
        ],
      ]),
    };
    const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
    expect(verify(head, emptyHash, secret)).toBe('verified');
    expect(verify(head, emptyHash, `${secret}x`)).toBe('signature-mismatch');
  });
});

describe('what a signature covers', () => {
  const base: HttpHead = {
    method: 'PUT',
    path: '/bucket/key',
    query: 'a=1',
    headers: new Map([['host', 'h']]),
  };
  const options = {
    accessKeyId: 'AKIA',
    secretAccessKey: 's',
    region: 'eu-west-1',
    service: 's3',
    signedAtMillis: Date.UTC(2026, 6, 1, 12),
    payloadHash: 'UNSIGNED-PAYLOAD',
    pathSigning: 'as-received',
  } as const;
  const signed = (head: HttpHead): HttpHead => ({
    ...head,
    headers: new Map([...head.headers, ...Object.entries(signHeaders(head, options))]),
  });

  it('what was signed here verifies here, whatever bytes path and query hold', () => {
    const wireText = fc.string({ unit: 'binary-ascii', maxLength: 20 });
    fc.assert(
      fc.property(wireText, wireText, (path, query) => {
        const head = signed({ ...base, path: `/${path}`, query });
        expect(verify(head, 'UNSIGNED-PAYLOAD', 's')).toBe('verified');
      }),
    );
  });

  // spec: WIRE-SIGN-3
  it.each([
    ['/a/../b', '/b'],
    ['/a//b', '/a/b'],
    ['/a/./b', '/a/b'],
    ['/a%2Fb', '/a/b'],
    ['/a+b', '/a%20b'],
  ])('S3 tells %s from %s', (one, other) => {
    const head = signed({ ...base, path: one });
    expect(verify({ ...head, path: other }, 'UNSIGNED-PAYLOAD', 's')).toBe('signature-mismatch');
  });

  it('one key spelt in two ways is one key', () => {
    const head = signed({ ...base, path: '/a%7eb(%28' });
    expect(verify({ ...head, path: '/a~b%28(' }, 'UNSIGNED-PAYLOAD', 's')).toBe('verified');
  });

  // spec: WIRE-SIGN-5
  it('a signature that leaves the host out does not hold', () => {
    const head = signed({ ...base, headers: new Map() });
    expect(verify(head, 'UNSIGNED-PAYLOAD', 's')).toBe('signature-mismatch');
  });

  it('inner runs of spaces count as one, other differences of a header do not pass', () => {
    const head = signed({
      ...base,
      headers: new Map([
        ['host', 'h'],
        ['x-amz-meta-a', 'b  c'],
      ]),
    });
    const changed = (value: string): HttpHead => ({
      ...head,
      headers: new Map([...head.headers, ['x-amz-meta-a', value]]),
    });
    expect(verify(changed(' b c '), 'UNSIGNED-PAYLOAD', 's')).toBe('verified');
    expect(verify(changed('bc'), 'UNSIGNED-PAYLOAD', 's')).toBe('signature-mismatch');
  });
});

describe('what is no signature', () => {
  const withAuthorization = (authorization: string, date = '20130524T000000Z'): HttpHead => ({
    method: 'GET',
    path: '/',
    query: '',
    headers: new Map([
      ['host', 'h'],
      ['x-amz-date', date],
      ['authorization', authorization],
    ]),
  });
  const scope = 'AKIA/20130524/us-east-1/s3/aws4_request';

  it.each([
    ['AWS AKIA:signature', 'signature-version-2'], // spec: WIRE-SIGN-8
    ['Basic dGVzdDp0ZXN0', 'header-incomplete'],
    ['AWS4-HMAC-SHA256 Credential=', 'header-incomplete'],
    [`AWS4-HMAC-SHA256 Credential=${scope}, Signature=00`, 'header-incomplete'],
    ['AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00', 'credential-malformed'],
    ['AWS4-ECDSA-P256-SHA256 Credential=a/b, SignedHeaders=host, Signature=00', 'mechanism-unsupported'],
    [
      'AWS4-HMAC-SHA256 Credential=AKIA/20130525/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00',
      'date-mismatch',
    ],
    [
      'AWS4-HMAC-SHA256 Credential=AKIA/20130524/aws-global/s3/aws4_request, SignedHeaders=host, Signature=00',
      'region-malformed',
    ],
    [`AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`, 'signature-mismatch'],
  ])('%s', (authorization, kind) => {
    expect(verify(withAuthorization(authorization), emptyHash)).toBe(kind);
  });

  it('a date that is none', () => {
    const header = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
    expect(verify(withAuthorization(header, 'yesterday'), emptyHash)).toBe('date-missing');
  });

  it('nothing throws, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (header, query) => {
        const head = { ...withAuthorization(`AWS4-HMAC-SHA256 ${header}`), query };
        expect(typeof verify(head, emptyHash)).toBe('string');
      }),
    );
  });
});

it('the hash of a text is that of its bytes', () => {
  expect(sha256Hex('')).toBe(emptyHash);
});
