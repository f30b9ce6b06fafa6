import { createHash } from 'node:crypto';
import type {
  CreateMultipartUploadOutput,
  ListMultipartUploadsOutput,
  ListPartsOutput,
  UploadPartOutput,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, listed, s3Calls, type S3Calls } from '../../../test/services/s3-calls.ts';
import { checksumOf } from './checksums/checksum.ts';
import { combineChecksums } from './checksums/combine.ts';
import { partMinBytes } from './complete-parts.ts';
import type { GetObjectAnswer } from './operations/get-object.ts';

const Bucket = 'config-logs';
const Key = 'large';
const first = Buffer.alloc(partMinBytes, 'first');
const second = Buffer.from('second');

let s3: S3Calls;
beforeEach(async () => {
  s3 = s3Calls();
  await s3.call('CreateBucket', { Bucket });
});

async function begin(input: object = {}): Promise<string> {
  const { UploadId = '' } = await s3.call<CreateMultipartUploadOutput>('CreateMultipartUpload', {
    Bucket,
    Key,
    ...input,
  });
  return UploadId;
}

async function upload(UploadId: string, PartNumber: number, body: Buffer, more: object = {}) {
  const part = await s3.call<UploadPartOutput>(
    'UploadPart',
    { Bucket, Key, UploadId, PartNumber, ...more },
    { body },
  );
  return { PartNumber, ETag: part.ETag };
}

const named = (UploadId: string, Parts: readonly object[], more: object = {}) => ({
  Bucket,
  Key,
  UploadId,
  MultipartUpload: { Parts },
  ...more,
});

describe('an upload in parts', () => {
  // spec: S3-PARTS-1, S3-PARTS-2, S3-PARTS-4
  it('becomes one object, whose ranges may lie across parts', async () => {
    const id = await begin({ ContentType: 'text/plain' });
    await upload(id, 2, Buffer.from('replaced'));
    const parts = [await upload(id, 1, first), await upload(id, 2, second)];
    const done = await s3.call('CompleteMultipartUpload', named(id, parts));
    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
    const ETag = `"${md5(Buffer.concat([md5(first), md5(second)])).toString('hex')}-2"`;
    const whole = Buffer.concat([first, second]);
    // spec: S3-SUM-5
    const ChecksumCRC64NVME = Buffer.from(checksumOf('CRC64NVME', whole)).toString('base64');
    expect(done).toMatchObject({ ETag, ChecksumCRC64NVME, ChecksumType: 'FULL_OBJECT' });
    const got = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key });
    expect(got.ContentType).toBe('text/plain');
    expect((await bytesOf(got.Body)).equals(whole)).toBe(true);
    const Range = `bytes=${partMinBytes - 2}-${partMinBytes + 1}`;
    const across = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key, Range });
    expect(await bytesOf(across.Body)).toEqual(whole.subarray(partMinBytes - 2, partMinBytes + 2));
    const byPart = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key, PartNumber: 2 });
    expect([(await bytesOf(byPart.Body)).toString(), byPart.PartsCount]).toEqual(['second', 2]);
    expect(await listed(s3.ports.blobs.names())).toHaveLength(2);
    expect((await s3.refused('ListParts', { Bucket, Key, UploadId: id })).code).toBe('NoSuchUpload');
  });

  // spec: S3-KMS-1
  it('asks KMS once for a data key and then for its decryption, with every part and at the end', async () => {
    const id = await begin({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn:k' });
    const part = await upload(id, 1, second);
    await s3.call('ListParts', { Bucket, Key, UploadId: id });
    await s3.call('CompleteMultipartUpload', named(id, [part]));
    expect(s3.kmsRequests.map(({ action }) => action)).toEqual([
      'GenerateDataKey',
      'Decrypt',
      'Decrypt',
      'Decrypt',
    ]);
    expect(s3.kmsRequests[3]?.encryptionContext).toEqual({ 'aws:s3:arn': `arn:aws:s3:::${Bucket}/${Key}` });
  });

  // spec: S3-PARTS-4
  it('is completed only with parts that are there, in order and large enough', async () => {
    const id = await begin();
    const one = await upload(id, 1, second);
    const two = await upload(id, 2, second);
    const refused = async (parts: readonly object[]) =>
      (await s3.refused('CompleteMultipartUpload', named(id, parts))).code;
    expect(await refused([])).toBe('InvalidRequest');
    expect(await refused([two, one])).toBe('InvalidPartOrder');
    expect(await refused([one, { ...one, PartNumber: 3 }])).toBe('InvalidPart');
    expect(await refused([{ PartNumber: 1, ETag: '"0"' }])).toBe('InvalidPart');
    const small = await s3.refused('CompleteMultipartUpload', named(id, [one, two]));
    expect(small).toMatchObject({
      code: 'EntityTooSmall',
      members: {
        ETag: one.ETag?.slice(1, -1),
        MinSizeAllowed: '5242880',
        PartNumber: '1',
        ProposedSize: '6',
      },
    });
    await s3.call('CompleteMultipartUpload', named(id, [two]));
    expect(await listed(s3.ports.blobs.names())).toHaveLength(1);
  });

  // spec: S3-PARTS-1
  it('takes numbers from 1 to 10,000 and knows its own ID only', async () => {
    const id = await begin();
    for (const PartNumber of [0, 10_001]) {
      const error = await s3.refused('UploadPart', { Bucket, Key, UploadId: id, PartNumber });
      expect(error.message).toBe('Part number must be an integer between 1 and 10000, inclusive');
    }
    const error = await s3.refused('UploadPart', { Bucket, Key, UploadId: 'other', PartNumber: 1 });
    expect(error).toMatchObject({ code: 'NoSuchUpload', status: 404, members: { UploadId: 'other' } });
  });

  // spec: S3-PARTS-5
  it('leaves nothing behind when it is aborted', async () => {
    const id = await begin();
    await upload(id, 1, first);
    await s3.call('AbortMultipartUpload', { Bucket, Key, UploadId: id });
    expect(await listed(s3.ports.blobs.names())).toEqual([]);
    expect((await s3.refused('AbortMultipartUpload', { Bucket, Key, UploadId: id })).code).toBe(
      'NoSuchUpload',
    );
  });

  // spec: S3-PARTS-6
  it('is listed with its parts while it goes on', async () => {
    const id = await begin();
    await upload(id, 1, second);
    await upload(id, 3, second);
    const page = await s3.call<ListPartsOutput>('ListParts', { Bucket, Key, UploadId: id, MaxParts: 1 });
    expect(page).toMatchObject({
      IsTruncated: true,
      NextPartNumberMarker: '1',
      Parts: [{ PartNumber: 1, Size: 6 }],
    });
    const { Uploads } = await s3.call<ListMultipartUploadsOutput>('ListMultipartUploads', { Bucket });
    expect(Uploads).toMatchObject([{ Key, UploadId: id }]);
  });

  // spec: S3-PARTS-3
  it('takes ranges of other objects as parts', async () => {
    await s3.call('PutObject', { Bucket, Key: 'source' }, { body: '0123456789' });
    const id = await begin();
    const CopySource = `${Bucket}/source`;
    const input = { Bucket, Key, UploadId: id, PartNumber: 1, CopySource };
    for (const [CopySourceRange, message] of [
      ['0-1', 'must be of the form bytes=first-last'],
      ['bytes=5-10', 'Range specified is not valid for source object of size: 10'],
      ['bytes=10-11', 'The specified copy range is invalid for the source object size'],
    ] as const)
      expect((await s3.refused('UploadPartCopy', { ...input, CopySourceRange })).message).toContain(message);
    const { CopyPartResult } = await s3.call<{ CopyPartResult: { ETag: string } }>('UploadPartCopy', {
      ...input,
      CopySourceRange: 'bytes=2-4',
    });
    await s3.call('CompleteMultipartUpload', named(id, [{ PartNumber: 1, ETag: CopyPartResult.ETag }]));
    const got = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key });
    expect((await bytesOf(got.Body)).toString()).toBe('234');
  });

  // spec: S3-SUM-5
  it('keeps to the checksum that it was created with', async () => {
    const bad = await s3.refused('CreateMultipartUpload', {
      Bucket,
      Key,
      ChecksumAlgorithm: 'SHA256',
      ChecksumType: 'FULL_OBJECT',
    });
    expect(bad.message).toBe(
      'The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.',
    );
    const id = await begin({ ChecksumAlgorithm: 'CRC32' });
    const ChecksumCRC32 = Buffer.from(checksumOf('CRC32', second)).toString('base64');
    const part = await upload(id, 1, second, { ChecksumCRC32 });
    const missing = await s3.refused('CompleteMultipartUpload', named(id, [part]));
    expect(missing.message).toContain('It was missing for part 1 in the request.');
    const composite = Buffer.from(checksumOf('CRC32', checksumOf('CRC32', second))).toString('base64');
    expect(await s3.call('CompleteMultipartUpload', named(id, [{ ...part, ChecksumCRC32 }]))).toMatchObject({
      ChecksumCRC32: `${composite}-1`,
      ChecksumType: 'COMPOSITE',
    });
  });
});

describe('checksums of parts', () => {
  // spec: S3-SUM-5
  it('put together are the checksum of the whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 50 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('CRC32' as const, 'CRC32C' as const, 'CRC64NVME' as const),
        (pieces, name) => {
          const text = (bytes: Uint8Array) => Buffer.from(checksumOf(name, bytes)).toString('base64');
          const parts = pieces.map((bytes) => ({ value: text(bytes), sizeBytes: bytes.length }));
          expect(combineChecksums(name, parts)).toBe(text(Buffer.concat(pieces)));
        },
      ),
    );
  });
});
