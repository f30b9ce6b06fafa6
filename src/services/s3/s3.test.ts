import { beforeEach, describe, expect, it } from 'vitest';
import type {
  GetBucketAclOutput,
  HeadObjectOutput,
  ListBucketsOutput,
  ListObjectsV2Output,
  PutObjectOutput,
} from '@aws-sdk/client-s3';
import { account, callerOf, otherAccount, rootOf } from '../../../test/services/operation-calls.ts';
import { bytesOf, kmsError, listed, s3Calls, type S3Calls } from '../../../test/services/s3-calls.ts';
import { canonicalUserId } from './canonical-user.ts';
import type { GetObjectAnswer } from './operations/get-object.ts';

const Bucket = 'config-logs';
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const stranger = callerOf(
  {
    kind: 'user',
    arn: 'arn:aws:iam::444455556666:user/ann',
    account: otherAccount,
    partition: 'aws',
    uniqueId: null,
  },
  otherAccount,
);
const config = callerOf({ kind: 'service', name: 'config.amazonaws.com' }, account);

let s3: S3Calls;
beforeEach(async () => {
  s3 = s3Calls();
  await s3.call('CreateBucket', { Bucket });
});

async function read(Key: string, more: object = {}): Promise<Buffer> {
  const { Body } = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key, ...more });
  return bytesOf(Body);
}

const encryptBucket = (rule: object = {}, byDefault: object = {}) =>
  s3.call('PutBucketEncryption', {
    Bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: keyArn,
            ...byDefault,
          },
          ...rule,
        },
      ],
    },
  });

describe('buckets', () => {
  // spec: S3-NAME-1
  it.each(['ab', 'Config-logs', 'a..b', '192.168.1.1', 'xn--logs', 'logs-s3alias', '-logs', 'x'.repeat(64)])(
    'cannot be called %s',
    async (name) => {
      const error = await s3.refused('CreateBucket', { Bucket: name });
      expect(error).toMatchObject({ code: 'InvalidBucketName', status: 400, members: { BucketName: name } });
    },
  );

  // spec: S3-BUCKET-1
  it('a bucket that is not there is no bucket to anybody', async () => {
    const error = await s3.refused('HeadBucket', { Bucket: 'elsewhere' }, { caller: stranger });
    expect(error).toMatchObject({
      code: 'NoSuchBucket',
      status: 404,
      message: 'The specified bucket does not exist',
    });
  });

  // spec: S3-BUCKET-2
  it('a bucket of another Region redirects there, and only its location is told from everywhere', async () => {
    const elsewhere = { region: 'eu-west-1' };
    const error = await s3.refused('GetBucketAcl', { Bucket }, elsewhere);
    expect(error).toMatchObject({
      code: 'PermanentRedirect',
      status: 301,
      headers: { 'x-amz-bucket-region': 'us-east-1' },
    });
    expect(await s3.call('GetBucketLocation', { Bucket }, elsewhere)).toEqual({});
  });

  // spec: S3-BUCKET-3
  it('an expected owner who is not the owner gets nothing', async () => {
    const wrong = await s3.refused('GetBucketAcl', { Bucket, ExpectedBucketOwner: otherAccount });
    expect(wrong).toMatchObject({ code: 'AccessDenied', status: 403, message: 'Access Denied' });
    const malformed = await s3.refused('GetBucketAcl', { Bucket, ExpectedBucketOwner: 'abcd' });
    expect(malformed.message).toBe(
      'The value of the expected bucket owner parameter must be an AWS Account ID... [abcd]',
    );
  });

  // spec: S3-BUCKET-4
  it('outside of us-east-1 the location must be the Region that is asked', async () => {
    const at = { region: 'eu-west-1' };
    const none = await s3.refused('CreateBucket', { Bucket: 'other' }, at);
    expect(none.message).toContain('The unspecified location constraint is incompatible');
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' };
    expect(await s3.call('CreateBucket', { Bucket: 'other', CreateBucketConfiguration }, at)).toEqual({
      Location: '/other',
    });
  });

  // spec: S3-BUCKET-5
  it('creating a bucket again succeeds for its owner in us-east-1 only', async () => {
    expect(await s3.call('CreateBucket', { Bucket })).toEqual({ Location: `/${Bucket}` });
    expect(await s3.refused('CreateBucket', { Bucket }, { caller: stranger })).toMatchObject({
      code: 'BucketAlreadyExists',
      status: 409,
    });
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' };
    await s3.call('CreateBucket', { Bucket: 'other', CreateBucketConfiguration }, { region: 'eu-west-1' });
    const again = await s3.refused(
      'CreateBucket',
      { Bucket: 'other', CreateBucketConfiguration },
      { region: 'eu-west-1' },
    );
    expect(again.code).toBe('BucketAlreadyOwnedByYou');
  });

  // spec: S3-BUCKET-6
  it('an account lists its own buckets only', async () => {
    await s3.call('CreateBucket', { Bucket: 'theirs' }, { caller: stranger });
    const { Buckets } = await s3.call<ListBucketsOutput>('ListBuckets', {});
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  });

  // spec: S3-BUCKET-7
  it('a bucket is deleted when it is empty, and stays usable when it is not', async () => {
    await s3.call('PutObject', { Bucket, Key: 'a' }, { body: 'a' });
    expect(await s3.refused('DeleteBucket', { Bucket })).toMatchObject({
      code: 'BucketNotEmpty',
      status: 409,
    });
    await s3.call('DeleteObject', { Bucket, Key: 'a' });
    await s3.call('DeleteBucket', { Bucket });
    expect((await s3.refused('HeadBucket', { Bucket })).code).toBe('NoSuchBucket');
  });

  // spec: S3-OWNER-1, S3-ACL-1
  it('the ACL says that the owner has full control', async () => {
    const { Owner, Grants } = await s3.call<GetBucketAclOutput>('GetBucketAcl', { Bucket });
    const ID = canonicalUserId(account);
    expect(Owner).toEqual({ ID });
    expect(Grants).toEqual([{ Grantee: { Type: 'CanonicalUser', ID }, Permission: 'FULL_CONTROL' }]);
  });

  // spec: S3-ENC-1
  it('default encryption is SSE-S3 until it is set, and again when it is deleted', async () => {
    const sseS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false };
    const answer = { ServerSideEncryptionConfiguration: { Rules: [sseS3] } };
    expect(await s3.call('GetBucketEncryption', { Bucket })).toEqual(answer);
    await encryptBucket();
    expect(await s3.call('GetBucketEncryption', { Bucket })).not.toEqual(answer);
    await s3.call('DeleteBucketEncryption', { Bucket });
    expect(await s3.call('GetBucketEncryption', { Bucket })).toEqual(answer);
  });

  // spec: S3-ENC-2
  it('default encryption is stored without looking for the key, but not with a key for SSE-S3', async () => {
    await encryptBucket({}, { KMSMasterKeyID: 'no-such-key' });
    expect(
      (await s3.refused('PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration: { Rules: [] } }))
        .code,
    ).toBe('MalformedXML');
    const Rules = [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256', KMSMasterKeyID: keyArn } },
    ];
    const error = await s3.refused('PutBucketEncryption', {
      Bucket,
      ServerSideEncryptionConfiguration: { Rules },
    });
    expect(error.message).toBe(
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    );
  });

  // spec: S3-PUBLIC-4, S3-OWNER-4, S3-TAG-1, S3-VERSION-4, S3-LOCK-3
  it.each([
    ['GetPublicAccessBlock', 'DeletePublicAccessBlock', 'NoSuchPublicAccessBlockConfiguration'],
    ['GetBucketOwnershipControls', 'DeleteBucketOwnershipControls', 'OwnershipControlsNotFoundError'],
    ['GetBucketTagging', 'DeleteBucketTagging', 'NoSuchTagSet'],
    ['GetBucketPolicy', 'DeleteBucketPolicy', 'NoSuchBucketPolicy'],
  ])('%s after %s answers 404', async (get, remove, code) => {
    await s3.call(remove, { Bucket });
    expect(await s3.refused(get, { Bucket })).toMatchObject({
      code,
      status: 404,
      members: { BucketName: Bucket },
    });
  });
});

describe('objects', () => {
  // spec: S3-OBJECT-1, S3-OBJECT-2
  it('what was put is what is got, with its headers', async () => {
    const put = await s3.call<PutObjectOutput>(
      'PutObject',
      {
        Bucket,
        Key: 'a/b',
        ContentType: 'text/plain',
        ContentEncoding: 'aws-chunked,gzip',
        Metadata: { Team: 'x' },
      },
      { body: 'test-sse' },
    );
    expect(put).toMatchObject({
      ETag: '"42832cdec7083e70a9cd6f2d5852e004"',
      ServerSideEncryption: 'AES256',
      ChecksumCRC64NVME: 'Kr7StX/uFlQ=',
    });
    const got = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key: 'a/b' });
    expect((await bytesOf(got.Body)).toString()).toBe('test-sse');
    // spec: S3-OBJECT-4
    expect(got).toMatchObject({
      ContentType: 'text/plain',
      ContentEncoding: 'gzip',
      Metadata: { team: 'x' },
      ContentLength: 8,
    });
    expect(got).not.toHaveProperty('ChecksumCRC64NVME');
  });

  // spec: S3-REST-3
  it('stands in the record up to 64 KiB and in a blob above, in the clear nowhere, and an old blob goes', async () => {
    const names = () => listed(s3.ports.blobs.names());
    const small = Buffer.alloc(65_536, 'plaintext');
    await s3.call('PutObject', { Bucket, Key: 'a' }, { body: small });
    expect(await names()).toEqual([]);
    const large = Buffer.alloc(65_537, 'plaintext');
    await s3.call('PutObject', { Bucket, Key: 'a' }, { body: large });
    const [blob = ''] = await names();
    const stored = await bytesOf(s3.ports.blobs.read(blob));
    expect(stored.includes('plaintext')).toBe(false);
    expect((await read('a')).equals(large)).toBe(true);
    await s3.call('PutObject', { Bucket, Key: 'a' }, { body: small });
    expect(await names()).toEqual([]);
  });

  // spec: S3-KEY-1
  it.each([
    ['x'.repeat(1025), 'KeyTooLongError'],
    ['é'.repeat(513), 'KeyTooLongError'],
    ['a\0b', 'InvalidURI'],
  ])('a key that no object can have is refused', async (Key, code) => {
    expect(await s3.refused('PutObject', { Bucket, Key })).toMatchObject({ code, status: 400 });
  });

  // spec: S3-OBJECT-3
  it('metadata of more than 2 KB is refused', async () => {
    const error = await s3.refused('PutObject', { Bucket, Key: 'a', Metadata: { a: 'x'.repeat(2048) } });
    expect(error.code).toBe('MetadataTooLarge');
  });

  // spec: S3-AUTH-3
  it('a missing object is told to those who may list, and to nobody else', async () => {
    expect(await s3.refused('GetObject', { Bucket, Key: 'no' })).toMatchObject({
      code: 'NoSuchKey',
      status: 404,
      members: { Key: 'no' },
    });
    s3.allowOnly(() => false);
    expect(await s3.refused('GetObject', { Bucket, Key: 'no' })).toMatchObject({
      code: 'AccessDenied',
      message:
        'User: arn:aws:iam::111122223333:root is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::config-logs" because no identity-based policy allows the s3:ListBucket action',
    });
    expect((await s3.refused('GetObject', { Bucket, Key: 'no' }, { caller: stranger })).message).toBe(
      'Access Denied',
    );
  });

  // spec: S3-OBJECT-5
  it('deleting what is not there succeeds', async () => {
    expect(await s3.call('DeleteObject', { Bucket, Key: 'no' })).toEqual({});
  });

  // spec: S3-RANGE-1
  it.each([
    ['bytes=0-3', 'test', 'bytes 0-3/8'],
    ['bytes=5-', 'sse', 'bytes 5-7/8'],
    ['bytes=-3', 'sse', 'bytes 5-7/8'],
    ['bytes=5-100', 'sse', 'bytes 5-7/8'],
    ['bytes=0-1,3-4', 'test-sse', undefined],
    ['lines=0-1', 'test-sse', undefined],
  ])('the range %s of test-sse is %s', async (Range, text, ContentRange) => {
    await s3.call('PutObject', { Bucket, Key: 'a' }, { body: 'test-sse' });
    const got = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key: 'a', Range });
    expect([(await bytesOf(got.Body)).toString(), got.ContentRange]).toEqual([text, ContentRange]);
  });

  // spec: S3-RANGE-1
  it.each(['bytes=8-', 'bytes=-0'])('the range %s of eight bytes cannot be satisfied', async (Range) => {
    await s3.call('PutObject', { Bucket, Key: 'a' }, { body: 'test-sse' });
    expect(await s3.refused('GetObject', { Bucket, Key: 'a', Range })).toMatchObject({
      code: 'InvalidRange',
      status: 416,
      members: { RangeRequested: Range, ActualObjectSize: '8' },
    });
  });

  // spec: S3-COND-1
  it('reads under conditions', async () => {
    const { ETag } = await s3.call<PutObjectOutput>('PutObject', { Bucket, Key: 'a' }, { body: 'x' });
    const past = new Date(Date.UTC(2020, 0, 1));
    expect(await s3.refused('GetObject', { Bucket, Key: 'a', IfMatch: '"other"' })).toMatchObject({
      code: 'PreconditionFailed',
      status: 412,
      members: { Condition: 'If-Match' },
    });
    expect((await s3.refused('GetObject', { Bucket, Key: 'a', IfNoneMatch: ETag })).status).toBe(304);
    expect((await read('a', { IfMatch: ETag, IfUnmodifiedSince: past })).toString()).toBe('x');
    expect(
      (
        await read('a', { IfNoneMatch: '"other"', IfModifiedSince: new Date(Date.UTC(2030, 0, 1)) })
      ).toString(),
    ).toBe('x');
  });

  // spec: S3-COND-2
  it('writes under conditions', async () => {
    const missing = await s3.refused('PutObject', { Bucket, Key: 'a', IfMatch: '"x"' });
    expect(missing).toMatchObject({ code: 'NoSuchKey', status: 404, members: { Key: 'a' } });
    const { ETag } = await s3.call<PutObjectOutput>(
      'PutObject',
      { Bucket, Key: 'a', IfNoneMatch: '*' },
      { body: 'x' },
    );
    expect(await s3.refused('PutObject', { Bucket, Key: 'a', IfNoneMatch: '*' })).toMatchObject({
      code: 'PreconditionFailed',
      members: { Condition: 'If-None-Match' },
    });
    await s3.call('PutObject', { Bucket, Key: 'a', IfMatch: ETag }, { body: 'y' });
    expect(await s3.refused('PutObject', { Bucket, Key: 'a', IfNoneMatch: '"x"' })).toMatchObject({
      code: 'NotImplemented',
      status: 501,
      members: {
        Header: 'If-None-Match',
        additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
      },
    });
    expect(
      await s3.refused('PutObject', { Bucket, Key: 'a', IfNoneMatch: '*', IfMatch: ETag }),
    ).toMatchObject({ members: { Header: 'If-Match,If-None-Match' } });
  });
});

describe('checksums', () => {
  // spec: S3-SUM-2
  it.each([
    [{ ContentMD5: 'QoMs3scIPnCpzW8tWFLgBA==' }, {}, null],
    [
      { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' },
      {},
      'The Content-MD5 you specified did not match what we received.',
    ],
    [{ ContentMD5: 'no' }, {}, 'The Content-MD5 you specified was invalid.'],
    [{ ChecksumCRC32: 'KHcEKQ==' }, {}, null],
    [{ ChecksumCRC32: 'AAAAAA==' }, {}, 'The CRC32 you specified did not match the calculated checksum.'],
    [{ ChecksumCRC32: 'AAAA' }, {}, 'Value for x-amz-checksum-crc32 header is invalid.'],
    [{}, { 'x-amz-checksum-crc32': 'KHcEKQ==' }, null],
    [
      {},
      { 'x-amz-checksum-crc32': 'AAAAAA==' },
      'The CRC32 you specified did not match the calculated checksum.',
    ],
    [{}, { 'x-amz-checksum-crc32': 'A' }, 'Value for x-amz-checksum-crc32 trailing header is invalid.'],
    [
      { ChecksumCRC32: 'KHcEKQ==', ChecksumSHA1: 'x' },
      {},
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    ],
    [
      { ChecksumAlgorithm: 'CRC32' },
      {},
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    ],
    [
      { ChecksumAlgorithm: 'CRC16' },
      {},
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    ],
  ])('%j and the trailer %j of test-sse: %s', async (input, trailers, message) => {
    const put = { Bucket, Key: 'a', ...input };
    const options = { body: 'test-sse', trailers };
    if (message === null) await s3.call('PutObject', put, options);
    else {
      expect((await s3.refused('PutObject', put, options)).message).toBe(message);
      // spec: S3-OBJECT-1
      expect((await s3.refused('GetObject', { Bucket, Key: 'a' })).code).toBe('NoSuchKey');
    }
  });

  // spec: S3-SUM-3
  it('the checksum that was stored is told where it is asked for, and not of a range', async () => {
    await s3.call('PutObject', { Bucket, Key: 'a', ChecksumCRC32: 'KHcEKQ==' }, { body: 'test-sse' });
    const asked = { Bucket, Key: 'a', ChecksumMode: 'ENABLED' };
    expect(await s3.call('HeadObject', asked)).toMatchObject({
      ChecksumCRC32: 'KHcEKQ==',
      ChecksumType: 'FULL_OBJECT',
    });
    expect(
      await s3.call<HeadObjectOutput>('HeadObject', { ...asked, Range: 'bytes=0-1' }),
    ).not.toHaveProperty('ChecksumCRC32');
  });

  // spec: S3-SUM-4
  it('a large body that is not what was announced leaves no blob behind', async () => {
    const error = await s3.refused(
      'PutObject',
      { Bucket, Key: 'a', ChecksumCRC32: 'AAAAAA==' },
      { body: Buffer.alloc(200_000) },
    );
    expect(error.code).toBe('BadDigest');
    expect(await listed(s3.ports.blobs.names())).toEqual([]);
  });
});

describe('SSE-KMS', () => {
  const put = (input: object = {}, caller = rootOf(account)) =>
    s3.call<PutObjectOutput>('PutObject', { Bucket, Key: 'a', ...input }, { body: 'test-sse', caller });

  // spec: S3-KMS-1, S3-KMS-2, S3-KMS-5
  it('asks KMS for a data key as the caller, bound to the object, and for its decryption on reading', async () => {
    await encryptBucket();
    const answer = await put();
    const encryptionContext = { 'aws:s3:arn': 'arn:aws:s3:::config-logs/a' };
    expect(answer).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
    expect(answer).not.toHaveProperty('BucketKeyEnabled');
    expect(answer.ETag).not.toBe('"42832cdec7083e70a9cd6f2d5852e004"');
    expect((await read('a')).toString()).toBe('test-sse');
    expect(s3.kmsRequests).toEqual([
      { action: 'GenerateDataKey', keyId: keyArn, encryptionContext },
      { action: 'Decrypt', keyId: keyArn, encryptionContext },
    ]);
  });

  // spec: S3-KMS-1
  it('metadata needs no key', async () => {
    await encryptBucket();
    await put();
    await s3.call('HeadObject', { Bucket, Key: 'a' });
    expect(s3.kmsRequests.map(({ action }) => action)).toEqual(['GenerateDataKey']);
  });

  // spec: S3-KMS-2
  it('with a Bucket Key the context is the bucket, and what the request adds stays with the object', async () => {
    await encryptBucket({ BucketKeyEnabled: true });
    const SSEKMSEncryptionContext = Buffer.from('{"team":"x"}').toString('base64');
    expect(await put({ SSEKMSEncryptionContext })).toMatchObject({ BucketKeyEnabled: true });
    await read('a');
    const encryptionContext = { team: 'x', 'aws:s3:arn': 'arn:aws:s3:::config-logs' };
    expect(s3.kmsRequests.map((request) => request.encryptionContext)).toEqual([
      encryptionContext,
      encryptionContext,
    ]);
  });

  // spec: S3-KMS-4
  it('a header replaces the default as a whole: aws:kms without a key is the managed key, AES256 is none', async () => {
    await encryptBucket();
    await put({ ServerSideEncryption: 'aws:kms' });
    expect(s3.kmsRequests[0]?.keyId).toBe('arn:aws:kms:us-east-1:111122223333:alias/aws/s3');
    expect(await put({ ServerSideEncryption: 'AES256' })).toMatchObject({ ServerSideEncryption: 'AES256' });
    expect(s3.kmsRequests).toHaveLength(1);
  });

  // spec: S3-KMS-6
  it('the managed key is that of the owner of the bucket, whoever writes', async () => {
    await encryptBucket({}, { KMSMasterKeyID: undefined });
    await put({}, stranger);
    expect(s3.kmsRequests[0]?.keyId).toBe('arn:aws:kms:us-east-1:111122223333:alias/aws/s3');
  });

  // spec: S3-KMS-4
  it.each([
    [
      { SSEKMSKeyId: keyArn },
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
    ],
    [
      { SSEKMSKeyId: keyArn, ServerSideEncryption: 'AES256' },
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
    ],
    [{ ServerSideEncryption: 'rot13' }, 'The encryption method specified is not supported'],
    [
      { ServerSideEncryption: 'aws:kms', SSEKMSEncryptionContext: 'W10=' },
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
    ],
  ])('%j is refused', async (input, message) => {
    expect(await s3.refused('PutObject', { Bucket, Key: 'a', ...input })).toMatchObject({
      code: 'InvalidArgument',
      status: 400,
      message,
    });
  });

  // spec: S3-KMS-3
  it('what KMS refuses is told in its words; only a missing permission is a 403', async () => {
    await encryptBucket();
    await put();
    s3.refuseKms(kmsError('DisabledException', `${keyArn} is disabled.`));
    for (const operation of ['PutObject', 'GetObject']) {
      const error = await s3.refused(operation, { Bucket, Key: 'a' });
      expect(error).toMatchObject({
        code: 'KMS.DisabledException',
        status: 400,
        message: `${keyArn} is disabled.`,
      });
    }
    s3.refuseKms(kmsError('AccessDeniedException', 'User: x is not authorized to perform: kms:Decrypt'));
    const error = await s3.refused('GetObject', { Bucket, Key: 'a' });
    expect(error).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: 'User: x is not authorized to perform: kms:Decrypt',
    });
  });

  // spec: S3-KMS-7
  it('an unsigned request cannot use a key', async () => {
    await encryptBucket();
    await put();
    const caller = callerOf({ kind: 'anonymous' }, account);
    const error = await s3.refused('GetObject', { Bucket, Key: 'a' }, { caller });
    expect(error.message).toBe(
      'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    );
  });

  // spec: S3-KMS-8
  it('a bare key ID does not say whose key it is when an AWS service writes', async () => {
    await encryptBucket({}, { KMSMasterKeyID: 'alias/config' });
    expect((await s3.refused('PutObject', { Bucket, Key: 'a' }, { caller: config })).code).toBe(
      'AccessDenied',
    );
    expect(s3.kmsRequests).toEqual([]);
  });
});

describe('permissions', () => {
  const asked = () => s3.lastAsked().map(({ action, resource }) => [action, resource]);
  const keysOf = (action: string) =>
    Object.fromEntries(
      (s3.lastAsked().find((permission) => permission.action === action)?.context ?? []).map(
        ([name, value]) => [name, value.state === 'present' ? value.values.join() : value.state],
      ),
    );

  // spec: S3-AUTH-1, S3-AUTH-2, S3-CTX-1, S3-CTX-2
  it('a write carries the headers that were sent, and no default of the bucket', async () => {
    await encryptBucket();
    await s3.call('PutObject', { Bucket, Key: 'a', ACL: 'bucket-owner-full-control' });
    expect(asked()).toEqual([['s3:PutObject', 'arn:aws:s3:::config-logs/a']]);
    expect(keysOf('s3:PutObject')).toEqual({
      's3:ResourceAccount': account,
      's3:x-amz-acl': 'bucket-owner-full-control',
    });
    await s3.call('PutObject', { Bucket, Key: 'a', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn });
    expect(keysOf('s3:PutObject')).toMatchObject({
      's3:x-amz-server-side-encryption': 'aws:kms',
      's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn,
    });
    await s3.call('PutObject', {
      Bucket,
      Key: 'a',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'alias/config',
    });
    expect(keysOf('s3:PutObject')['s3:x-amz-server-side-encryption-aws-kms-key-id']).toBe('unknown');
  });

  // spec: S3-AUTH-4
  it('an ACL that gives the object to others needs s3:PutObjectAcl as well', async () => {
    await s3.call('PutObject', { Bucket, Key: 'a', ACL: 'private' });
    expect(asked()).toHaveLength(1);
    await s3.call('DeleteBucketOwnershipControls', { Bucket });
    await s3.call('DeletePublicAccessBlock', { Bucket });
    await s3.call('PutObject', { Bucket, Key: 'a', ACL: 'public-read', Tagging: 'a=b' });
    expect(asked().map(([action]) => action)).toEqual([
      's3:PutObject',
      's3:PutObjectAcl',
      's3:PutObjectTagging',
    ]);
    expect(keysOf('s3:PutObjectTagging')).toMatchObject({
      's3:RequestObjectTag/a': 'b',
      's3:RequestObjectTagKeys': 'a',
    });
  });

  // spec: S3-ACL-3
  it('a bucket without ACLs takes only one that changes nothing', async () => {
    expect(await s3.refused('PutObject', { Bucket, Key: 'a', ACL: 'public-read' })).toMatchObject({
      code: 'AccessControlListNotSupported',
      status: 400,
    });
    expect(
      (await s3.refused('PutObject', { Bucket, Key: 'a', ACL: 'private' }, { caller: stranger })).code,
    ).toBe('AccessControlListNotSupported');
    await s3.call('PutObject', { Bucket, Key: 'a', ACL: 'bucket-owner-full-control' }, { caller: stranger });
  });

  // spec: S3-OWNER-2, S3-OWNER-3
  it("an object that another account owns is read by the bucket's owner only as its ACL says", async () => {
    await s3.call('PutBucketOwnershipControls', {
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    });
    await s3.call('PutObject', { Bucket, Key: 'a' }, { caller: stranger });
    await s3.call('GetObject', { Bucket, Key: 'a' });
    expect(s3.lastAsked()[0]).toMatchObject({ resourceAccount: otherAccount, resourcePolicy: null });
    await s3.call('PutObject', { Bucket, Key: 'a', ACL: 'bucket-owner-full-control' }, { caller: stranger });
    await s3.call('GetObject', { Bucket, Key: 'a' });
    expect(s3.lastAsked()[0]).toMatchObject({ resourceAccount: account });
  });
});

describe('listings', () => {
  const list = (input: object) => s3.call<ListObjectsV2Output>('ListObjectsV2', { Bucket, ...input });
  const keys = ({ Contents = [], CommonPrefixes = [] }: ListObjectsV2Output) => [
    ...Contents.map(({ Key }) => Key),
    ...CommonPrefixes.map(({ Prefix }) => Prefix),
  ];

  beforeEach(async () => {
    for (const Key of ['a', 'b/1', 'b/2', 'b/c/3', 'd/4', 'é', '\u{1f600}', '\uffee'])
      await s3.call('PutObject', { Bucket, Key });
  });

  // spec: S3-LIST-1
  it('keys come in the order of their UTF-8 bytes', async () => {
    expect(keys(await list({}))).toEqual(['a', 'b/1', 'b/2', 'b/c/3', 'd/4', 'é', '\uffee', '\u{1f600}']);
    expect(keys(await list({ StartAfter: 'b/1', Prefix: 'b/' }))).toEqual(['b/2', 'b/c/3']);
  });

  // spec: S3-LIST-2
  it('keys that share a stretch up to the delimiter are one entry, and count as one', async () => {
    const page = await list({ Delimiter: '/', MaxKeys: 2 });
    expect(page).toMatchObject({ KeyCount: 2, IsTruncated: true });
    expect(keys(page)).toEqual(['a', 'b/']);
    const rest = await list({ Delimiter: '/', ContinuationToken: page.NextContinuationToken });
    expect(keys(rest)).toEqual(['é', '\uffee', '\u{1f600}', 'd/']);
    expect(rest.IsTruncated).toBe(false);
  });

  // spec: S3-LIST-1
  it('page after page gives every key once, for any size of page', async () => {
    for (const MaxKeys of [1, 2, 3, 7, 8, 9]) {
      const seen: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page: ListObjectsV2Output = await list({ MaxKeys, ContinuationToken });
        seen.push(...keys(page));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      expect(seen).toEqual(keys(await list({})));
    }
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  // spec: S3-LIST-3
  it('keys are encoded where that is asked for', async () => {
    await s3.call('PutObject', { Bucket, Key: "x/y z+'" });
    expect(keys(await list({ Prefix: 'x/', EncodingType: 'url' }))).toEqual(['x/y+z%2B%27']);
    expect((await s3.refused('ListObjectsV2', { Bucket, EncodingType: 'base64' })).message).toBe(
      'Invalid Encoding Method specified in Request',
    );
    expect((await s3.refused('ListObjectsV2', { Bucket, ContinuationToken: 'x' })).message).toBe(
      'The continuation token provided is incorrect',
    );
  });

  // spec: S3-LIST-4
  it('the first version of the listing says where to go on only with a delimiter', async () => {
    expect(await s3.call('ListObjects', { Bucket, MaxKeys: 1 })).not.toHaveProperty('NextMarker');
    expect(await s3.call('ListObjects', { Bucket, MaxKeys: 2, Delimiter: '/' })).toMatchObject({
      NextMarker: 'b/',
    });
  });
});
