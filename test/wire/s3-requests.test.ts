/** S3 requests that today's SDKs do not send, but others do: signed chunks, virtual hosts, presigned uploads. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hmac, sha256Hex, signHeaders } from '../../src/protocol/sigv4.ts';
import { serviceProtocols } from '../../src/server/service-protocols.ts';
import type { OperationContext } from '../../src/services/operation.ts';
import { sendRaw, signedRequest } from './raw-request.ts';
import { startTestServer, userKey } from './test-server.ts';
import type { TestServer } from './test-server.ts';

let running: TestServer;
let received: { readonly bucket: string; readonly key: string; readonly body: string } | null = null;

beforeAll(async () => {
  running = await startTestServer(() => [
    {
      name: 's3',
      protocol: serviceProtocols.s3,
      operations: {
        PutObject: {
          operate: async (
            { Bucket, Key }: { Bucket: string; Key: string },
            _: unknown,
            { payload }: OperationContext<unknown>,
          ) => {
            const parts: Uint8Array[] = [];
            for await (const part of payload!.stream) parts.push(part);
            received = { bucket: Bucket, key: Key, body: Buffer.concat(parts).toString() };
            return {};
          },
        },
        GetObject: {
          operate: async ({ Bucket, Key }: { Bucket: string; Key: string }) => {
            received = { bucket: Bucket, key: Key, body: '' };
            return { Body: 'x' };
          },
        },
        ListObjectsV2: {
          operate: async ({ Bucket }: { Bucket: string }) => {
            received = { bucket: Bucket, key: '', body: '' };
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

// spec: WIRE-CHUNK-2
describe('a body in signed chunks', () => {
  const signedAtMillis = Date.now();
  const chunks = ['a'.repeat(8192), 'b'.repeat(100), ''];
  const headers = {
    host: '127.0.0.1',
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-decoded-content-length': '8292',
  };

  function request(tamper: (body: string) => string): string {
    const head = { method: 'PUT', path: '/bucket/key', query: '', headers: new Map(Object.entries(headers)) };
    const added = signHeaders(head, {
      ...userKey,
      region: 'us-east-1',
      service: 's3',
      signedAtMillis,
      payloadHash: headers['x-amz-content-sha256'],
      pathSigning: 'as-received',
    });
    const signedAt = added['x-amz-date']!;
    const day = signedAt.slice(0, 8);
    const dayKey = createHmac('sha256', `AWS4${userKey.secretAccessKey}`).update(day).digest();
    const key = ['us-east-1', 's3', 'aws4_request'].reduce<Buffer>((from, part) => hmac(from, part), dayKey);
    let previous = /Signature=(.*)$/.exec(added['authorization']!)![1]!;
    let body = '';
    for (const chunk of chunks) {
      const scope = `${day}/us-east-1/s3/aws4_request`;
      const text = `AWS4-HMAC-SHA256-PAYLOAD\n${signedAt}\n${scope}\n${previous}\n${sha256Hex('')}\n${sha256Hex(chunk)}`;
      previous = hmac(key, text).toString('hex');
      body += `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
    }
    const sent = tamper(body);
    const all = { ...headers, ...added, 'content-length': String(sent.length), connection: 'close' };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return `PUT /bucket/key HTTP/1.1\r\n${lines.join('')}\r\n${sent}`;
  }

  it('is decoded under the signature of its head', async () => {
    received = null;
    expect(
      (
        await sendRaw(
          running.address.port,
          request((body) => body),
        )
      ).status,
    ).toBe(200);
    expect(received).toEqual({ bucket: 'bucket', key: 'key', body: chunks.join('') });
  });

  it('with one byte changed is a mismatch', async () => {
    received = null;
    const answer = await sendRaw(
      running.address.port,
      request((body) => body.replace('bbb', 'bbc')),
    );
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect(received).toBeNull();
  });
});

// spec: WIRE-REST-3
describe('a virtual host', () => {
  it.each([
    ['bucket.localhost', '/a/b', 'bucket', 'a/b'],
    ['my.dotted.bucket.s3.eu-west-1.amazonaws.com', '/a//b', 'my.dotted.bucket', 'a//b'],
    ['bucket.s3.amazonaws.com:443', '/k', 'bucket', 'k'],
    ['bucket.s3-eu-west-1.amazonaws.com', '/k', 'bucket', 'k'],
    ['s3.eu-west-1.amazonaws.com', '/bucket/k', 'bucket', 'k'],
    ['s3.localhost', '/bucket/k', 'bucket', 'k'],
    ['localhost', '/bucket/a%2Fb', 'bucket', 'a/b'],
    ['[::1]:4566', '/bucket/', 'bucket', ''],
  ])('%s%s', async (host, path, bucket, key) => {
    received = null;
    const query = key === '' ? 'list-type=2' : '';
    const request = signedRequest({
      service: 's3',
      key: userKey,
      method: 'GET',
      path,
      query,
      headers: { host },
    });
    expect((await sendRaw(running.address.port, request)).status).toBe(200);
    expect(received).toMatchObject({ bucket, key });
  });
});
