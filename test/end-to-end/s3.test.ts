/** S3 through official clients: what they send by default arrives, is checked, encrypted, and comes back. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { account, refusalOf, rootKey, startApp, type ClientCredentials } from './identity-clients.ts';

const region = 'us-east-1';
const Bucket = 'config-logs';

let app: App;
let s3: S3Client;
let kms: KMSClient;
let keyArn = '';

function s3Client(credentials: ClientCredentials = rootKey): S3Client {
  return new S3Client({
    endpoint: app.address.url,
    region,
    credentials,
    maxAttempts: 1,
    forcePathStyle: true,
  });
}

beforeAll(async () => {
  app = await startApp();
  s3 = s3Client();
  kms = new KMSClient({ endpoint: app.address.url, region, credentials: rootKey, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
  keyArn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
});
afterAll(() => app.close());

async function newUser(UserName: string, statement: object): Promise<S3Client> {
  const iam = new IAMClient({ endpoint: app.address.url, region, credentials: rootKey, maxAttempts: 1 });
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return s3Client({
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  });
}

async function textOf(Key: string, more: object = {}): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return (await Body?.transformToString()) ?? '';
}

describe('the SDK for JavaScript', () => {
  // spec: S3-OBJECT-1, S3-OBJECT-2, S3-SUM-3
  it('puts and gets text with its checksum and headers', async () => {
    const Key = 'a b/ü+%.txt';
    const put = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: 'hello',
        ContentType: 'text/plain',
        Metadata: { team: 'x' },
      }),
    );
    expect(put).toMatchObject({ ETag: '"5d41402abc4b2a76b9719d911017c592"', ServerSideEncryption: 'AES256' });
    expect(put.ChecksumCRC32).toBeDefined();
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({ ContentType: 'text/plain', ContentLength: 5, Metadata: { team: 'x' } });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 5, ETag: put.ETag, Metadata: { team: 'x' } });
    expect(head.LastModified).toBeInstanceOf(Date);
  });

  // spec: S3-REST-3, S3-OBJECT-4
  it('streams a body of unknown length, with a trailing checksum, and reads a range of it', async () => {
    const pieces = Array.from({ length: 20 }, (_, at) => Buffer.alloc(10_007, at));
    await s3.send(
      new PutObjectCommand({ Bucket, Key: 'stream', Body: Readable.from(pieces), ContentLength: 200_140 }),
    );
    const whole = Buffer.concat(pieces);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true);
    expect(got.ContentEncoding).toBeUndefined();
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream', Range: 'bytes=65530-131080' }));
    expect(part).toMatchObject({
      ContentRange: 'bytes 65530-131080/200140',
      $metadata: { httpStatusCode: 206 },
    });
    expect(
      Buffer.from((await part.Body?.transformToByteArray()) ?? []).equals(whole.subarray(65_530, 131_081)),
    ).toBe(true);
  });

  // spec: S3-KMS-1, S3-KMS-3, S3-KMS-5
  it('encrypts under a customer key by default, and reads nothing once the key is disabled', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'encrypted-logs' }));
    const Rules = [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: keyArn },
        BucketKeyEnabled: true,
      },
    ];
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket: 'encrypted-logs',
        ServerSideEncryptionConfiguration: { Rules },
      }),
    );
    const set = await s3.send(new GetBucketEncryptionCommand({ Bucket: 'encrypted-logs' }));
    expect(set.ServerSideEncryptionConfiguration?.Rules).toEqual(Rules);
    const at = { Bucket: 'encrypted-logs', Key: 'k' };
    const put = await s3.send(new PutObjectCommand({ ...at, Body: 'secret' }));
    expect(put).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
      BucketKeyEnabled: true,
    });
    const got = await s3.send(new GetObjectCommand(at));
    expect(await got.Body?.transformToString()).toBe('secret');
    const other = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
    const byOther = { ...at, ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: other };
    await s3.send(new PutObjectCommand({ ...byOther, Body: 'secret' }));
    await kms.send(new DisableKeyCommand({ KeyId: other }));
    const refusal = ['KMS.DisabledException', 400, `${other} is disabled.`];
    expect(await refusalOf(s3.send(new GetObjectCommand(at)))).toEqual(refusal);
    expect(await refusalOf(s3.send(new PutObjectCommand({ ...byOther, Body: 'secret' })))).toEqual(refusal);
    expect((await s3.send(new HeadObjectCommand(at))).SSEKMSKeyId).toBe(other);
    const named = (SSEKMSKeyId: string) =>
      refusalOf(
        s3.send(new PutObjectCommand({ ...at, Body: 'x', ServerSideEncryption: 'aws:kms', SSEKMSKeyId })),
      );
    expect(await named('fake-key-id')).toEqual(['KMS.NotFoundException', 400, "Invalid keyId 'fake-key-id'"]);
    const missing = `arn:aws:kms:${region}:${account}:key/134f2428-cec1-4b25-a1ae-9048164dba47`;
    expect(await named(missing)).toEqual(['KMS.NotFoundException', 400, `Key '${missing}' does not exist`]);
    const managed = await s3.send(
      new PutObjectCommand({ ...at, Body: 'x', ServerSideEncryption: 'aws:kms' }),
    );
    expect(managed.SSEKMSKeyId).not.toBe(keyArn);
  });

  // spec: S3-AUTH-1, S3-AUTH-2, S3-DENIED-1, S3-KMS-3
  it('is told who may not do what, on the bucket and on the key', async () => {
    const user = await newUser('reader', {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    });
    const arn = `arn:aws:iam::${account}:user/reader`;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    expect(
      await (await user.send(new GetObjectCommand({ Bucket, Key: 'a' }))).Body?.transformToString(),
    ).toBe('x');
    expect(await refusalOf(user.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'y' })))).toEqual([
      'AccessDenied',
      403,
      `User: ${arn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${Bucket}/a" because no identity-based policy allows the s3:PutObject action`,
    ]);
    const [, , text] = await refusalOf(user.send(new GetObjectCommand({ Bucket, Key: 'missing' })));
    expect(text).toContain(`s3:ListBucket on resource: "arn:aws:s3:::${Bucket}"`);
    const kmsObject = { Bucket, Key: 'kms', ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: keyArn };
    await s3.send(new PutObjectCommand({ ...kmsObject, Body: 'x' }));
    expect(await refusalOf(user.send(new GetObjectCommand({ Bucket, Key: 'kms' })))).toEqual([
      'AccessDenied',
      403,
      `User: ${arn} is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action`,
    ]);
  });

  // spec: S3-DENIED-2, S3-BUCKET-1
  it('of another account is told nothing, unless the bucket is missing', async () => {
    const stranger = s3Client({ accessKeyId: '444455556666', secretAccessKey: 'test' });
    expect(await refusalOf(stranger.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toEqual([
      'AccessDenied',
      403,
      'Access Denied',
    ]);
    expect(await refusalOf(stranger.send(new ListObjectsV2Command({ Bucket: 'no-such-bucket' })))).toEqual([
      'NoSuchBucket',
      404,
      'The specified bucket does not exist',
    ]);
  });

  // spec: S3-POLICY-1, S3-POLICY-2
  it('opens a bucket to another account by a policy', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '444455556666' },
          Action: 's3:ListBucket',
          Resource: `arn:aws:s3:::${Bucket}`,
        },
      ],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    const stranger = s3Client({ accessKeyId: '444455556666', secretAccessKey: 'test' });
    expect((await stranger.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe(region);
    expect(await refusalOf(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' })))).toEqual([
      'MalformedPolicy',
      400,
      'Missing required field Statement',
    ]);
  });

  // spec: S3-LIST-1, S3-LIST-2, S3-LIST-4, S3-OBJECT-6
  it('lists, tags, copies and deletes', async () => {
    const bucket = 'listed-logs';
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    for (const Key of ['a/1', 'a/2', 'b', 'c d'])
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key }));
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Delimiter: '/', MaxKeys: 2 }));
    expect(page).toMatchObject({
      KeyCount: 2,
      IsTruncated: true,
      CommonPrefixes: [{ Prefix: 'a/' }],
      Contents: [{ Key: 'b', Size: 1 }],
    });
    const rest = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Delimiter: '/',
        ContinuationToken: page.NextContinuationToken,
      }),
    );
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['c d']);
    expect(
      (await s3.send(new ListObjectsCommand({ Bucket: bucket, EncodingType: 'url' }))).Contents?.at(-1)?.Key,
    ).toBe('c+d');
    const Tagging = { TagSet: [{ Key: 'team', Value: 'x' }] };
    await s3.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: 'b', Tagging }));
    await s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging }));
    const copied = await s3.send(
      new CopyObjectCommand({ Bucket: bucket, Key: 'e', CopySource: `${bucket}/c%20d` }),
    );
    expect(copied.CopyObjectResult?.ETag).toBeDefined();
    // spec: S3-OBJECT-7
    const attributes = await s3.send(
      new GetObjectAttributesCommand({
        Bucket: bucket,
        Key: 'e',
        ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum'],
      }),
    );
    expect(attributes).toMatchObject({ ObjectSize: 3, ETag: copied.CopyObjectResult?.ETag?.slice(1, -1) });
    expect(attributes.Checksum?.ChecksumCRC32).toBeDefined();
    const Objects = ['a/1', 'a/2', 'b', 'c d', 'e'].map((Key) => ({ Key }));
    const deleted = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    expect(deleted.Deleted).toHaveLength(5);
    await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).not.toContain(
      bucket,
    );
  });

  // spec: S3-VERSION-1, S3-VERSION-3, S3-LIST-5
  it('keeps versions', async () => {
    const bucket = 'versioned-logs';
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const VersioningConfiguration = { Status: 'Enabled' as const };
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status).toBe('Enabled');
    const first = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: '1' }));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: '2' }));
    expect(await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }))).toMatchObject({
      DeleteMarker: true,
    });
    const history = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    expect([history.Versions?.length, history.DeleteMarkers?.length]).toEqual([2, 1]);
    const old = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'k', VersionId: first.VersionId }));
    expect(await old.Body?.transformToString()).toBe('1');
  });

  // spec: S3-PARTS-4, S3-SUM-5
  it('uploads in parts', async () => {
    const at = { Bucket, Key: 'parts' };
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ ...at, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn }),
    );
    const bodies = [Buffer.alloc(5 * 1024 * 1024, 1), Buffer.from('end')];
    const Parts = [];
    for (const [index, Body] of bodies.entries()) {
      const PartNumber = index + 1;
      const { ETag } = await s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    const done = await s3.send(
      new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }),
    );
    expect(done).toMatchObject({
      SSEKMSKeyId: keyArn,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/) as string,
    });
    expect(await textOf('parts', { Range: 'bytes=-3' })).toBe('end');
  });

  // spec: S3-ACL-1, S3-ACL-2, S3-BUCKET-2, S3-ERROR-1
  it('reads the ACL and the location, and is refused an ACL where there are none', async () => {
    const { Owner, Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
    expect(Grants).toEqual([
      { Grantee: { Type: 'CanonicalUser', ID: Owner?.ID }, Permission: 'FULL_CONTROL' },
    ]);
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
    const put = (ACL: 'public-read' | 'bucket-owner-full-control') =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'acl', Body: 'x', ACL }));
    await put('bucket-owner-full-control');
    expect(await refusalOf(put('public-read'))).toEqual([
      'AccessControlListNotSupported',
      400,
      'The bucket does not allow ACLs',
    ]);
  });

  // spec: S3-KEPT-1
  it('gives back a lifecycle and notifications as they were put', async () => {
    const Rules = [
      {
        ID: 'old',
        Status: 'Enabled' as const,
        Filter: { Prefix: '' },
        Expiration: { Date: new Date(Date.UTC(2027, 0, 1)) },
      },
    ];
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(Rules);
    const nothing = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(nothing.TopicConfigurations).toBeUndefined();
  });

  // spec: S3-COND-1, S3-COND-2
  it('reads and writes under conditions', async () => {
    const at = { Bucket, Key: 'conditional' };
    const { ETag } = await s3.send(new PutObjectCommand({ ...at, Body: 'x', IfNoneMatch: '*' }));
    const message = 'At least one of the pre-conditions you specified did not hold';
    expect(await refusalOf(s3.send(new PutObjectCommand({ ...at, Body: 'x', IfNoneMatch: '*' })))).toEqual([
      'PreconditionFailed',
      412,
      message,
    ]);
    expect((await refusalOf(s3.send(new GetObjectCommand({ ...at, IfNoneMatch: ETag }))))[1]).toBe(304);
  });
});

function has(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!has('python3', ['-c', 'import boto3']))('boto3, where the machine has it', () => {
  // spec: S3-SUM-2, S3-KMS-5
  it('puts, gets, lists, copies and uploads large files', async () => {
    const script = `
import boto3, io, os
s3 = boto3.client('s3')
s3.create_bucket(Bucket='boto-logs')
s3.put_object(Bucket='boto-logs', Key='a b', Body=b'hello', ServerSideEncryption='aws:kms', SSEKMSKeyId=os.environ['KEY'])
got = s3.get_object(Bucket='boto-logs', Key='a b')
assert got['Body'].read() == b'hello' and got['SSEKMSKeyId'] == os.environ['KEY'], got
large = os.urandom(9 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(large), 'boto-logs', 'large')
assert s3.get_object(Bucket='boto-logs', Key='large')['Body'].read() == large
s3.copy({'Bucket': 'boto-logs', 'Key': 'large'}, 'boto-logs', 'copy')
keys = [o['Key'] for p in s3.get_paginator('list_objects_v2').paginate(Bucket='boto-logs', PaginationConfig={'PageSize': 1}) for o in p['Contents']]
assert keys == ['a b', 'copy', 'large'], keys
try:
    s3.get_object(Bucket='boto-logs', Key='missing')
    raise SystemExit('found')
except s3.exceptions.NoSuchKey as error:
    assert error.response['Error']['Message'] == 'The specified key does not exist.', error.response
s3.delete_objects(Bucket='boto-logs', Delete={'Objects': [{'Key': k} for k in keys]})
s3.delete_bucket(Bucket='boto-logs')
print('done')
`;
    expect(await run('python3', ['-c', script], { KEY: keyArn })).toBe('done\n');
  }, 60_000);
});

describe.skipIf(!has('aws', ['--version']))('the AWS CLI, where the machine has it', () => {
  // spec: S3-RANGE-1, S3-LIST-2
  it('copies and synchronises folders', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sealpost-cli-'));
    try {
      writeFileSync(join(folder, 'small.txt'), 'hello');
      writeFileSync(join(folder, 'large.bin'), Buffer.alloc(9_000_000, 7));
      await run('aws', ['s3', 'mb', 's3://cli-logs']);
      await run('aws', [
        's3',
        'sync',
        folder,
        's3://cli-logs/in',
        '--sse',
        'aws:kms',
        '--sse-kms-key-id',
        keyArn,
      ]);
      expect(await run('aws', ['s3', 'ls', 's3://cli-logs/in/'])).toMatch(
        /9000000 large\.bin[\s\S]*5 small\.txt/,
      );
      await run('aws', ['s3', 'cp', '--recursive', 's3://cli-logs/in', join(folder, 'out')]);
      expect(readFileSync(join(folder, 'out/large.bin')).equals(Buffer.alloc(9_000_000, 7))).toBe(true);
      await run('aws', ['s3', 'rb', '--force', 's3://cli-logs']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 90_000);
});

/** Standard output of a client that is told of the server as its users are: by the environment. */
async function run(
  command: string,
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<string> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: app.address.url,
      AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...more,
    };
    execFile(command, [...args], { env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command}: ${stdout}${stderr}`));
    });
  });
}
