import type {
  DeleteObjectOutput,
  DeleteObjectsOutput,
  GetObjectTaggingOutput,
  ListObjectVersionsOutput,
  PutObjectOutput,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, listed, s3Calls, type S3Calls } from '../../../test/services/s3-calls.ts';
import type { GetObjectAnswer } from './operations/get-object.ts';

const Bucket = 'config-logs';
const Key = 'a';

let s3: S3Calls;
beforeEach(async () => {
  s3 = s3Calls();
  await s3.call('CreateBucket', { Bucket });
});

const setVersioning = (Status: string) =>
  s3.call('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
async function putText(text: string, key = Key): Promise<string> {
  const { VersionId = '' } = await s3.call<PutObjectOutput>(
    'PutObject',
    { Bucket, Key: key },
    { body: text },
  );
  return VersionId;
}
async function read(VersionId?: string): Promise<string> {
  const { Body } = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key, VersionId });
  return (await bytesOf(Body)).toString();
}
const remove = (VersionId?: string, more: object = {}) =>
  s3.call<DeleteObjectOutput>('DeleteObject', { Bucket, Key, VersionId, ...more });
async function history(): Promise<readonly (string | undefined)[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.call<ListObjectVersionsOutput>(
    'ListObjectVersions',
    { Bucket },
  );
  return [...Versions, ...DeleteMarkers].map(({ VersionId }) => VersionId);
}

describe('versions', () => {
  // spec: S3-VERSION-1
  it('a write covers the version before it, and each can be read', async () => {
    await putText('zero');
    await setVersioning('Enabled');
    const first = await putText('one');
    const second = await putText('two');
    expect([await read(), await read(second), await read(first), await read('null')]).toEqual([
      'two',
      'two',
      'one',
      'zero',
    ]);
    expect(await history()).toEqual([second, first, 'null']);
  });

  // spec: S3-VERSION-2
  it('while versioning is suspended a write replaces the version null and keeps the others', async () => {
    await putText('zero');
    await setVersioning('Enabled');
    const first = await putText('one');
    await setVersioning('Suspended');
    expect(await putText('two')).toBe('null');
    expect(await putText('three')).toBe('null');
    expect([await read(), await read('null'), await read(first)]).toEqual(['three', 'three', 'one']);
    expect(await history()).toEqual(['null', first]);
  });

  // spec: S3-VERSION-3
  it('a delete marker hides the key, and the version below comes back when the marker is deleted', async () => {
    await setVersioning('Enabled');
    const first = await putText('one');
    const marker = await remove();
    expect(marker).toMatchObject({ DeleteMarker: true });
    expect(await s3.refused('GetObject', { Bucket, Key })).toMatchObject({
      code: 'NoSuchKey',
      headers: { 'x-amz-delete-marker': 'true' },
    });
    expect(await s3.refused('GetObject', { Bucket, Key, VersionId: marker.VersionId })).toMatchObject({
      code: 'MethodNotAllowed',
      status: 405,
      members: { ResourceType: 'DeleteMarker' },
    });
    expect(await s3.refused('DeleteBucket', { Bucket })).toMatchObject({
      message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    });
    await remove(marker.VersionId);
    expect(await read()).toBe('one');
    await remove(first);
    expect(await history()).toEqual([]);
    await s3.call('DeleteBucket', { Bucket });
  });

  it('a version that never was is no version, and what is no version ID is refused', async () => {
    const VersionId = 'x'.repeat(32);
    expect((await s3.refused('GetObject', { Bucket, Key, VersionId })).code).toBe('NoSuchVersion');
    expect((await s3.refused('GetObject', { Bucket, Key, VersionId: 'x' })).message).toBe(
      'Invalid version id specified',
    );
  });

  // spec: S3-VERSION-1, S3-VERSION-3
  it('large bodies stay with their versions and go with them', async () => {
    await setVersioning('Enabled');
    const first = await putText('x'.repeat(100_000));
    const second = await putText('y'.repeat(100_000));
    expect(await listed(s3.ports.blobs.names())).toHaveLength(2);
    await remove(second);
    expect(await read()).toBe('x'.repeat(100_000));
    await remove(first);
    expect(await listed(s3.ports.blobs.names())).toEqual([]);
  });

  // spec: S3-LIST-5
  it('are listed page by page, each once, the newest of a key first', async () => {
    await setVersioning('Enabled');
    const expected: string[] = [];
    for (const key of ['a', 'b', 'b\u0001']) {
      const ids = [await putText('1', key), await putText('2', key), await putText('3', key)];
      expected.push(...ids.reverse());
    }
    for (const MaxKeys of [1, 2, 3, 4, 9, 10]) {
      const seen: (string | undefined)[] = [];
      let markers = {};
      for (;;) {
        const page = await s3.call<ListObjectVersionsOutput>('ListObjectVersions', {
          Bucket,
          MaxKeys,
          ...markers,
        });
        seen.push(...(page.Versions ?? []).map(({ VersionId }) => VersionId));
        if (page.IsTruncated !== true) break;
        markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      }
      expect(seen).toEqual(expected);
    }
  });
});

describe('object lock', () => {
  beforeEach(async () => {
    await setVersioning('Enabled');
    const DefaultRetention = { Mode: 'GOVERNANCE', Days: 1 };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } };
    await s3.call('PutObjectLockConfiguration', { Bucket, ObjectLockConfiguration });
  });

  // spec: S3-LOCK-1, S3-LOCK-3
  it('default retention refuses a body without a digest, which is what AWS Config sends', async () => {
    const error = await s3.refused('PutObject', { Bucket, Key }, { body: 'x' });
    expect(error).toMatchObject({ code: 'InvalidRequest', status: 400 });
    await s3.call('PutObject', { Bucket, Key, ChecksumCRC32: 'jNwWgw==' }, { body: 'x' });
  });

  // spec: S3-LOCK-2
  it('a retained version is deleted only after its time, or by who may bypass governance', async () => {
    const md5 = 'ndTkYSaMgDT1yFZOFVxnpg==';
    const put = () => s3.call<PutObjectOutput>('PutObject', { Bucket, Key, ContentMD5: md5 }, { body: 'x' });
    const { VersionId } = await put();
    expect((await s3.refused('DeleteObject', { Bucket, Key, VersionId })).code).toBe('AccessDenied');
    await remove(VersionId, { BypassGovernanceRetention: true });
    expect(s3.lastAsked().map(({ action }) => action)).toEqual([
      's3:DeleteObjectVersion',
      's3:BypassGovernanceRetention',
    ]);
    const again = await put();
    s3.world.moveSeconds(24 * 60 * 60 + 1);
    await remove(again.VersionId);
  });

  // spec: S3-VERSION-4
  it('versioning cannot be suspended under it', async () => {
    const VersioningConfiguration = { Status: 'Suspended' };
    expect((await s3.refused('PutBucketVersioning', { Bucket, VersioningConfiguration })).code).toBe(
      'InvalidBucketState',
    );
  });
});

describe('deleting many', () => {
  // spec: S3-OBJECT-6
  it('each key is allowed or refused by itself', async () => {
    for (const key of ['a', 'b', 'c']) await putText('x', key);
    s3.allowOnly(({ resource }) => !resource.endsWith('/b'));
    const Objects = ['a', 'b', 'missing'].map((key) => ({ Key: key }));
    const answer = await s3.call<DeleteObjectsOutput>('DeleteObjects', { Bucket, Delete: { Objects } });
    expect(answer).toEqual({
      Deleted: [{ Key: 'a' }, { Key: 'missing' }],
      Errors: [{ Key: 'b', Code: 'AccessDenied', Message: 'Access Denied' }],
    });
    expect((await s3.refused('DeleteObjects', { Bucket, Delete: { Objects: [] } })).code).toBe(
      'MalformedXML',
    );
  });
});

describe('copies', () => {
  const copy = (input: object) =>
    s3.call('CopyObject', { Bucket, Key: 'copy', CopySource: `/${Bucket}/${Key}`, ...input });

  // spec: S3-COPY-1, S3-COPY-2
  it('are encrypted as their own bucket or request says, with the tags and headers of the source', async () => {
    await s3.call(
      'PutObject',
      {
        Bucket,
        Key,
        Tagging: 'team=x',
        ContentType: 'text/plain',
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: 'arn:k',
      },
      { body: 'test-sse' },
    );
    expect(await copy({})).toMatchObject({
      ServerSideEncryption: 'AES256',
      CopyObjectResult: { ETag: '"42832cdec7083e70a9cd6f2d5852e004"' },
    });
    expect(s3.kmsRequests.map(({ action }) => action)).toEqual(['GenerateDataKey', 'Decrypt']);
    expect(s3.lastAsked().map(({ action }) => action)).toEqual([
      's3:GetObject',
      's3:GetObjectTagging',
      's3:PutObject',
    ]);
    const got = await s3.call<GetObjectAnswer>('GetObject', { Bucket, Key: 'copy' });
    expect((await bytesOf(got.Body)).toString()).toBe('test-sse');
    expect(got).toMatchObject({ ContentType: 'text/plain', TagCount: 1 });
  });

  // spec: S3-COPY-1
  it.each(['', 'nokey', `${Bucket}/`, '%zz'])('%j is no source', async (CopySource) => {
    expect(await s3.refused('CopyObject', { Bucket, Key, CopySource })).toMatchObject({
      code: 'InvalidArgument',
      message: 'Invalid copy source object key',
    });
  });

  // spec: S3-COPY-3
  it('of an object onto itself must change something', async () => {
    await putText('x');
    expect(
      (await s3.refused('CopyObject', { Bucket, Key, CopySource: `${Bucket}/${Key}` })).message,
    ).toContain('copy an object to itself');
    await copy({ Key, MetadataDirective: 'REPLACE', Metadata: { a: 'b' } });
  });
});

describe('tags of objects', () => {
  // spec: S3-TAG-2
  it('are put, read and deleted, and come with the header', async () => {
    await s3.call('PutObject', { Bucket, Key, Tagging: 'team=x&cost%20center=1' });
    const tags = async () =>
      (await s3.call<GetObjectTaggingOutput>('GetObjectTagging', { Bucket, Key })).TagSet;
    expect(await tags()).toEqual([
      { Key: 'team', Value: 'x' },
      { Key: 'cost center', Value: '1' },
    ]);
    await s3.call('PutObjectTagging', { Bucket, Key, Tagging: { TagSet: [{ Key: 'b', Value: '2' }] } });
    expect(await tags()).toEqual([{ Key: 'b', Value: '2' }]);
    await s3.call('DeleteObjectTagging', { Bucket, Key });
    expect(await tags()).toEqual([]);
    expect((await s3.refused('PutObject', { Bucket, Key, Tagging: 'a=1&a=2' })).message).toContain(
      "The header 'x-amz-tagging' shall be encoded",
    );
  });

  // spec: S3-TAG-1, S3-TAG-2
  it.each([
    [
      [
        { Key: 'a', Value: '' },
        { Key: 'a', Value: '' },
      ],
      'Cannot provide multiple Tags with the same key',
    ],
    [[{ Key: '', Value: '' }], 'The TagKey you have provided is invalid'],
    [[{ Key: 'a', Value: 'x'.repeat(257) }], 'The TagValue you have provided is invalid'],
    [[{ Key: 'aws:x', Value: '' }], 'Your TagKey cannot be prefixed with aws:'],
    [
      Array.from({ length: 11 }, (_, at) => ({ Key: `k${at}`, Value: '' })),
      'Object tags cannot be greater than 10',
    ],
  ])('%j is refused', async (TagSet, message) => {
    await putText('x');
    expect((await s3.refused('PutObjectTagging', { Bucket, Key, Tagging: { TagSet } })).message).toBe(
      message,
    );
  });
});
