/** S3's condition keys about the way a request came: what policies ask of signature, payload and TLS. */
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { presignedUrl } from '../wire/presigned-url.ts';
import { rootKey, startApp } from './identity-clients.ts';

const region = 'us-east-1';
const minuteMillis = 60_000;

let app: App;
let s3: S3Client;

beforeAll(async () => {
  app = await startApp();
  s3 = new S3Client({
    endpoint: app.address.url,
    region,
    credentials: rootKey,
    maxAttempts: 1,
    forcePathStyle: true,
  });
});
afterAll(() => app.close());

/** A bucket with an object, and a policy that denies reads under this condition. */
async function bucketThatDenies(Bucket: string, Condition: object): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'object', Body: 'content' }));
  const Resource = `arn:aws:s3:::${Bucket}/*`;
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource, Condition }];
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
}

async function signedInHeader(Bucket: string): Promise<number | undefined> {
  try {
    return (await s3.send(new GetObjectCommand({ Bucket, Key: 'object' }))).$metadata.httpStatusCode;
  } catch (error) {
    return (error as { $metadata: { httpStatusCode?: number } }).$metadata.httpStatusCode;
  }
}

async function presigned(bucket: string, ageMillis = 0): Promise<number> {
  const url = presignedUrl(app.address.url, {
    method: 'GET',
    path: `/${bucket}/object`,
    region,
    key: rootKey,
    signedAtMillis: Date.now() - ageMillis,
    expiresSeconds: 3600,
  });
  return (await fetch(url)).status;
}

describe('a bucket policy that denies', () => {
  // spec: S3-CTX-5, SRV-CTX-4
  it('old TLS lets in who comes over loopback HTTP, which counts as TLS 1.3', async () => {
    await bucketThatDenies('old-tls', { NumericLessThan: { 's3:TlsVersion': '1.2' } });
    expect(await signedInHeader('old-tls')).toBe(200);
    expect(await presigned('old-tls')).toBe(200);
    await bucketThatDenies('any-tls', { NumericLessThan: { 's3:TlsVersion': '1.4' } });
    expect(await signedInHeader('any-tls')).toBe(403);
  });

  // spec: S3-CTX-3, S3-CTX-6, SRV-CTX-4
  it('signatures older than ten minutes refuses the presigned URL that is', async () => {
    await bucketThatDenies('old-signature', {
      NumericGreaterThan: { 's3:signatureAge': String(10 * minuteMillis) },
    });
    expect(await presigned('old-signature', 9 * minuteMillis)).toBe(200);
    expect(await presigned('old-signature', 11 * minuteMillis)).toBe(403);
    expect(await signedInHeader('old-signature')).toBe(200);
  });

  // spec: S3-CTX-3
  it('presigned URLs refuses them and nobody else', async () => {
    await bucketThatDenies('no-presigned', { StringEquals: { 's3:authType': 'REST-QUERY-STRING' } });
    expect(await presigned('no-presigned')).toBe(403);
    expect(await signedInHeader('no-presigned')).toBe(200);
    await bucketThatDenies('header-only', { StringNotEquals: { 's3:authType': 'REST-HEADER' } });
    expect(await presigned('header-only')).toBe(403);
    expect(await signedInHeader('header-only')).toBe(200);
  });

  // spec: S3-CTX-3
  it('Signature Version 4 refuses whoever signs', async () => {
    await bucketThatDenies('no-v4', { StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } });
    expect([await signedInHeader('no-v4'), await presigned('no-v4')]).toEqual([403, 403]);
    await bucketThatDenies('no-v2', { StringEquals: { 's3:signatureversion': 'AWS' } });
    expect([await signedInHeader('no-v2'), await presigned('no-v2')]).toEqual([200, 200]);
  });

  // spec: S3-CTX-4
  it('unsigned payloads lets in who signs them, and no presigned URL, whose value is not known', async () => {
    const condition = { StringEquals: { 's3:x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    await bucketThatDenies('signed-only', condition);
    expect(await signedInHeader('signed-only')).toBe(200);
    expect(await presigned('signed-only')).toBe(403);
    const [decision] = (
      (await (await fetch(`${app.address.url}/_sealpost/decisions?limit=1`)).json()) as {
        decisions: readonly { decision: { outcome: string } }[];
      }
    ).decisions;
    expect(JSON.stringify(decision)).toContain('"outcome":"unknown"');
  });
});
