/** What is refused at the door: in AWS's code, status and words, by each protocol; and the server goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { serviceProtocols } from '../../src/server/service-protocols.ts';
import type { OperationContext } from '../../src/services/operation.ts';
import { sendRaw, signedRequest } from './raw-request.ts';
import type { RawAnswer, SignedOptions } from './raw-request.ts';
import { expiredKey, sessionKey, startTestServer, userKey } from './test-server.ts';
import type { TestServer } from './test-server.ts';

let running: TestServer;

beforeAll(async () => {
  running = await startTestServer(() => [
    {
      name: 'kms',
      protocol: serviceProtocols.kms,
      operations: {
        ListKeys: { operate: async () => ({ Keys: [] }) },
        DescribeKey: {
          operate: async () => {
            throw new TypeError('a bug');
          },
        },
      },
    },
    {
      name: 'iam',
      protocol: serviceProtocols.iam,
      operations: { ListUsers: { operate: async () => ({ Users: [] }) } },
    },
    {
      name: 's3',
      protocol: serviceProtocols.s3,
      operations: {
        ListBuckets: { operate: async () => ({ Buckets: [] }) },
        PutBucketEncryption: {
          authorization: (input: { Bucket: string }, _: unknown, { caller }: OperationContext<unknown>) => [
            {
              action: 's3:PutEncryptionConfiguration',
              resource: `arn:aws:s3:::${input.Bucket}`,
              resourceAccount: caller.account,
              resourcePolicy: null,
            },
          ],
        },
        GetObject: { operate: async () => ({ Body: 'x' }) },
        PutObject: {
          operate: async (_: unknown, __: unknown, { payload }: OperationContext<unknown>) => {
            let bytes = 0;
            for await (const part of payload!.stream) bytes += part.length;
            expect(bytes).toBeGreaterThan(0);
            return {};
          },
        },
      },
    },
  ]);
});

afterAll(async () => {
  await running.server.close();
});

const send = (bytes: string): Promise<RawAnswer> => sendRaw(running.address.port, bytes);
const kms = (changes: Partial<SignedOptions> = {}): Promise<RawAnswer> =>
  send(
    signedRequest({
      service: 'kms',
      key: userKey,
      body: '{}',
      ...changes,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'TrentService.ListKeys',
        ...changes.headers,
      },
    }),
  );
const iam = (changes: Partial<SignedOptions> = {}): Promise<RawAnswer> =>
  send(
    signedRequest({
      service: 'iam',
      key: userKey,
      body: 'Action=ListUsers&Version=2010-05-08',
      ...changes,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...changes.headers },
    }),
  );
const s3 = (changes: Partial<SignedOptions> = {}): Promise<RawAnswer> =>
  send(signedRequest({ service: 's3', key: userKey, method: 'GET', ...changes }));

const unsigned = (headers: Record<string, string>): Record<string, string> => {
  const { authorization: _, ...rest } = headers;
  return rest;
};
const wrongSignature = (headers: Record<string, string>): Record<string, string> => ({
  ...headers,
  authorization: headers['authorization']!.replace(/Signature=.*/, `Signature=${'0'.repeat(64)}`),
});

it('what is signed rightly is let in', async () => {
  expect(await kms()).toMatchObject({ status: 200, body: '{"Keys":[]}' });
  expect((await iam()).status).toBe(200);
  expect((await s3()).status).toBe(200);
});

const longAgo = Date.now() - 16 * 60 * 1000;
const fromNow = Date.now() + 16 * 60 * 1000;
const unknownKey = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' };

// spec: WIRE-AUTH-1, WIRE-AUTH-2, WIRE-SIGN-6, WIRE-SIGN-7
describe('JSON 1.1', () => {
  const situations: readonly [string, Partial<SignedOptions>, string, string | RegExp][] = [
    [
      'no signature',
      { tamper: unsigned },
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    ],
    [
      'an unknown key',
      { key: unknownKey },
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'a wrong secret',
      { key: { ...userKey, secretAccessKey: 'x' } },
      'InvalidSignatureException',
      /^The request signature we calculated/,
    ],
    [
      'an expired session',
      { key: expiredKey },
      'ExpiredTokenException',
      'The security token included in the request is expired',
    ],
    [
      'a session without its token',
      { key: { ...userKey, accessKeyId: sessionKey.accessKeyId } },
      'UnrecognizedClientException',
      /./,
    ],
    [
      'a long-term key with a token',
      { key: { ...userKey, sessionToken: 't' } },
      'UnrecognizedClientException',
      /./,
    ],
    [
      'an old signature',
      { signedAtMillis: longAgo },
      'InvalidSignatureException',
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    ],
    [
      'a signature of the future',
      { signedAtMillis: fromNow },
      'InvalidSignatureException',
      /^Signature not yet current: .* \+ 15 min\.\)$/,
    ],
    [
      'a Region that is none',
      { region: 'nowhere' },
      'InvalidSignatureException',
      'Credential should be scoped to a valid region. ',
    ],
    [
      'a changed body',
      { tamper: (headers) => ({ ...headers, 'x-amz-target': 'TrentService.ListKeys2' }) },
      'InvalidSignatureException',
      /./,
    ],
    [
      'SigV2',
      { tamper: (headers) => ({ ...headers, authorization: 'AWS AKIA:x' }) },
      'IncompleteSignatureException',
      /AWS4-HMAC-SHA256/,
    ],
  ];
  it.each(situations)('%s', async (_, changes, code, message) => {
    const answer = await kms(changes);
    expect(answer.status).toBe(400);
    const error = JSON.parse(answer.body) as { __type: string; message: string };
    expect(error.__type).toBe(code);
    expect(error.message).toMatch(message);
  });

  // spec: WIRE-JSON-1, SRV-UNKNOWN-1
  it.each([
    [
      'an operation that does not exist',
      { 'x-amz-target': 'TrentService.Nonsense' },
      'UnknownOperationException',
    ],
    ['an operation that is not built', { 'x-amz-target': 'TrentService.Sign' }, 'UnknownOperationException'],
    ['another service in the target', { 'x-amz-target': 'Other.ListKeys' }, 'UnknownOperationException'],
  ])('%s', async (_, headers, code) => {
    expect(await kms({ headers })).toMatchObject({ status: 400 });
    expect(JSON.parse((await kms({ headers })).body)).toMatchObject({ __type: code });
    expect(running.logged.some((line) => line['msg'] === 'an operation that is not served')).toBe(true);
  });

  it.each(['{', '[]', '"x"', '{"Limit":"many"}', '{"Limit":{}}', '\xff'])(
    'the body %s is no input',
    async (body) => {
      const answer = await kms({ body });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ __type: 'SerializationException' });
    },
  );

  // spec: SRV-ORDER-1
  it('a stranger learns nothing of a malformed body or an unknown operation', async () => {
    for (const changes of [{ body: '{' }, { headers: { 'x-amz-target': 'TrentService.Nonsense' } }])
      expect(JSON.parse((await kms({ ...changes, tamper: wrongSignature })).body)).toMatchObject({
        __type: 'InvalidSignatureException',
      });
  });

  // spec: WIRE-FAIL-1
  it('a bug is an internal error, and its text stays inside', async () => {
    const answer = await kms({ headers: { 'x-amz-target': 'TrentService.DescribeKey' } });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('a bug');
    expect(running.logged.some((line) => JSON.stringify(line).includes('a bug'))).toBe(true);
  });

  // spec: SRV-LIMIT-1
  it('a body that is too large is not read', async () => {
    const answer = await kms({ tamper: (headers) => ({ ...headers, 'content-length': '9000000' }) });
    expect(answer.status).toBe(413);
  });
});

// spec: WIRE-AUTH-3
describe('the query protocol', () => {
  const situations: readonly [string, Partial<SignedOptions>, string, number][] = [
    ['no signature', { tamper: unsigned }, 'MissingAuthenticationToken', 403],
    ['an unknown key', { key: unknownKey }, 'InvalidClientTokenId', 403],
    ['a wrong secret', { key: { ...userKey, secretAccessKey: 'x' } }, 'SignatureDoesNotMatch', 403],
    ['an expired session', { key: expiredKey }, 'ExpiredToken', 403],
    ['an old signature', { signedAtMillis: longAgo }, 'SignatureDoesNotMatch', 403],
    ['an action that does not exist', { body: 'Action=X&Version=2010-05-08' }, 'InvalidAction', 400],
    ['another version', { body: 'Action=ListUsers&Version=2011-01-01' }, 'InvalidAction', 400],
    ['no action', { body: 'Version=2010-05-08' }, 'MissingAction', 400],
    [
      'a number that is none',
      { body: 'Action=ListUsers&Version=2010-05-08&MaxItems=x' },
      'MalformedInput',
      400,
    ],
  ];
  it.each(situations)('%s', async (_, changes, code, status) => {
    const answer = await iam(changes);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(`<Code>${code}</Code>`);
    expect(answer.body).toMatch(/^<ErrorResponse .*<RequestId>[0-9a-f-]{36}<\/RequestId><\/ErrorResponse>$/);
  });
});

// spec: WIRE-AUTH-4, SRV-AUTHN-2
describe('REST XML', () => {
  const drop = (name: string) => (headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
  const situations: readonly [string, Partial<SignedOptions>, string, number][] = [
    ['an unknown key', { key: unknownKey }, 'InvalidAccessKeyId', 403],
    ['a wrong secret', { key: { ...userKey, secretAccessKey: 'x' } }, 'SignatureDoesNotMatch', 403],
    ['an expired session', { key: expiredKey }, 'ExpiredToken', 400],
    [
      'a session without its token',
      { key: { ...userKey, accessKeyId: sessionKey.accessKeyId } },
      'InvalidAccessKeyId',
      403,
    ],
    ['a long-term key with a token', { key: { ...userKey, sessionToken: 't' } }, 'InvalidToken', 400],
    ['an old signature', { signedAtMillis: longAgo }, 'RequestTimeTooSkewed', 403],
    ['a Region that is none', { region: 'aws-global' }, 'AuthorizationHeaderMalformed', 400],
    ['no hash of the body', { tamper: drop('x-amz-content-sha256') }, 'InvalidRequest', 400],
    ['SigV2', { tamper: (headers) => ({ ...headers, authorization: 'AWS AKIA:x' }) }, 'InvalidRequest', 400],
    [
      'a presigned SigV2',
      { query: 'AWSAccessKeyId=A&Signature=B&Expires=1', tamper: drop('authorization') },
      'InvalidRequest',
      400,
    ],
    [
      'a presigned URL with a part missing',
      { query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256', tamper: drop('authorization') },
      'AuthorizationQueryParametersError',
      400,
    ],
    [
      'a header that was not signed',
      { tamper: (headers) => ({ ...headers, 'x-amz-acl': 'public-read' }) },
      'AccessDenied',
      403,
    ],
    ['a method that no operation has', { method: 'PATCH' }, 'MethodNotAllowed', 405],
    ['an operation that is not built', { path: '/bucket', query: 'policy' }, 'NotImplemented', 501],
    ['a number that is none', { path: '/bucket/key', query: 'partNumber=x' }, 'InvalidArgument', 400],
    ['a path that is no UTF-8', { path: '/bucket/%ff' }, 'InvalidURI', 400],
  ];
  it.each(situations)('%s', async (_, changes, code, status) => {
    const answer = await s3(changes);
    expect(answer).toMatchObject({ status });
    expect(answer.body).toContain(`<Code>${code}</Code>`);
    expect(answer.headers.get('x-amz-request-id')).toMatch(/^[0-9A-F]{16}$/);
  });

  it('SigV2 is refused in the words that name what to use', async () => {
    const answer = await s3({ tamper: (headers) => ({ ...headers, authorization: 'AWS AKIA:x' }) });
    expect(answer.body).toContain(
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  });

  const put = (body: string, changes: Partial<SignedOptions> = {}): Promise<RawAnswer> =>
    s3({ method: 'PUT', path: '/bucket/key', body, ...changes });

  // spec: WIRE-BODY-1
  it('a body that is not what its hash says', async () => {
    const answer = await put('hello', {
      headers: { 'x-amz-content-sha256': 'a'.repeat(64) },
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  it('a chunked body that does not say how long it is', async () => {
    const answer = await put('0\r\n\r\n', {
      headers: { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
    });
    expect(answer).toMatchObject({ status: 411 });
  });

  // spec: WIRE-BODY-4
  it('an object that does not say how long it is', async () => {
    expect(await put('', { tamper: drop('content-length') })).toMatchObject({ status: 411 });
    const encoded = await put('0\r\n\r\n', {
      headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      tamper: (headers) => ({ ...drop('content-length')(headers), 'transfer-encoding': 'chunked' }),
    });
    expect(encoded).toMatchObject({ status: 501 });
  });

  // spec: SRV-LIMIT-2
  it('an object of more than 5 GiB', async () => {
    const answer = await put('x', { tamper: (headers) => ({ ...headers, 'content-length': '5368709121' }) });
    expect(answer.body).toContain('<Code>EntityTooLarge</Code>');
  });

  const encryption = (body: string, changes: Partial<SignedOptions> = {}): Promise<RawAnswer> =>
    s3({ method: 'PUT', path: '/bucket', query: 'encryption', body, ...changes });

  it.each([
    '<ServerSideEncryptionConfiguration>',
    '<Other/>',
    '<ServerSideEncryptionConfiguration><Stranger/></ServerSideEncryptionConfiguration>',
    '<!DOCTYPE a [<!ENTITY b "c">]><ServerSideEncryptionConfiguration>&b;</ServerSideEncryptionConfiguration>',
    '{}',
  ])('the body %s is malformed XML', async (body) => {
    const answer = await encryption(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<Code>MalformedXML</Code>');
  });

  // spec: WIRE-REST-6, SRV-ORDER-2
  it('a malformed body is told only to who may ask', async () => {
    const answer = await encryption('<', { tamper: unsigned });
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('MalformedXML');
  });

  // spec: WIRE-BODY-3
  it('a Content-MD5 that is not that of the body', async () => {
    const headers = { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    expect((await encryption('<a/>', { headers })).body).toContain('<Code>BadDigest</Code>');
    expect((await encryption('<a/>', { headers: { 'content-md5': 'x' } })).body).toContain(
      '<Code>InvalidDigest</Code>',
    );
  });
});

// spec: SRV-UNKNOWN-1
it('a service that is not served answers in the form that was asked', async () => {
  const target = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  expect((await kms({ service: 'dynamodb', headers: target })).body).toContain('UnknownOperationException');
  expect((await iam({ service: 'ec2' })).body).toContain('<Code>InvalidAction</Code>');
  expect((await s3({ service: 'lambda', path: '/2015-03-31/functions' })).status).toBe(405);
});

describe('bare HTTP', () => {
  // spec: SRV-HTTP-3
  it.each([
    [
      'a length and a transfer encoding',
      'PUT /b/k HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'two lengths',
      'PUT /b/k HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    ],
    ['no HTTP at all', 'hello there\r\n\r\n'],
    ['a head that does not end', `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`],
  ])('%s is a bad request', async (_, bytes) => {
    const answer = await send(bytes);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>\w+<\/Code>/);
  });

  // spec: SRV-HOST-1
  it('a name that is not this server reaches nothing', async () => {
    const named = (host: string): Promise<RawAnswer> =>
      send(`GET /_sealpost/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '10.0.0.1',
      'localhost:1@evil.example',
      '[::1].evil.example',
      'localhost:1\r\nHost: evil.example',
    ])
      expect((await named(host)).status, host).toBe(421);
    for (const host of [
      'localhost',
      'LOCALHOST:1',
      'bucket.localhost',
      '[::1]:1',
      '127.0.0.1',
      's3.eu-west-1.amazonaws.com',
    ])
      expect((await named(host)).status, host).toBe(200);
    expect((await send('GET / HTTP/1.0\r\n\r\n')).status).toBe(421);
  });

  // spec: SRV-HTTP-2
  it('who waits for 100 Continue is told to go on only when let in', async () => {
    const expectation = { expect: '100-continue' };
    const put = { method: 'PUT', path: '/bucket/key', body: 'hello' } as const;
    const added = (headers: Record<string, string>): Record<string, string> => ({
      ...headers,
      ...expectation,
    });
    const accepted = await s3({ ...put, tamper: added });
    expect(accepted.status).toBe(200);
    expect(accepted.text).toMatch(/^HTTP\/1\.1 100 Continue/);
    const refused = await s3({ ...put, tamper: (headers) => added(wrongSignature(headers)) });
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('100 Continue');
    expect(refused.headers.get('connection')).toBe('close');
  });

  // spec: SRV-HTTP-4
  it('a refused upload is read to its end, and the connection serves the next request', async () => {
    const upload = (headers: Record<string, string>): Record<string, string> => ({
      ...headers,
      connection: 'keep-alive',
    });
    const body = 'x'.repeat(3_000_000);
    for (const tamper of [(h: Record<string, string>) => upload(wrongSignature(h)), upload]) {
      const first = signedRequest({
        service: 's3',
        key: userKey,
        method: 'PUT',
        path: '/bucket/key',
        body,
        headers: {
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-decoded-content-length': '5',
        },
        tamper,
      });
      const second = signedRequest({ service: 's3', key: userKey, method: 'GET' });
      const { text } = await sendRaw(running.address.port, `${first}${second}`, '127.0.0.1', 2);
      expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual([expect.stringMatching(/40[03]/), 'HTTP/1.1 200']);
    }
  });

  // spec: SRV-HTTP-1
  it('the other loopback address serves, too', async () => {
    const request = 'GET /_sealpost/health HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n';
    const answer = await sendRaw(running.address.port, request, '::1').catch(() => null);
    // A machine without IPv6 has no such address.
    if (answer) expect(answer.status).toBe(200);
  });
});

it('whatever bytes come, the answer has a status and the server goes on', async () => {
  const services = ['kms', 'iam', 's3'] as const;
  const path = fc.string({ unit: 'binary-ascii', maxLength: 30 }).map((text) => `/${encodeURI(text)}`);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...services),
      fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
      path,
      fc.string({ unit: 'binary-ascii', maxLength: 200 }),
      fc.constantFrom('application/x-amz-json-1.1', 'application/x-www-form-urlencoded', 'text/xml', ''),
      async (service, method, anyPath, body, contentType) => {
        const [onlyPath = '/', query = ''] = anyPath.split('?');
        const answer = await send(
          signedRequest({
            service,
            key: userKey,
            method,
            path: onlyPath.replaceAll('#', '%23'),
            query: query.replaceAll('#', '%23'),
            body,
            headers: { 'content-type': contentType, 'x-amz-target': 'TrentService.ListKeys' },
          }),
        );
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(600);
        expect([500, 503]).not.toContain(answer.status);
      },
    ),
    { numRuns: 200 },
  );
  expect((await kms()).status).toBe(200);
});
