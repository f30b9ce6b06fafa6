/** Real AWS SDK clients against tiny operations: what goes in arrives in the SDK's own shape, and comes back in it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Readable } from 'node:stream';
import {
  ConfigServiceClient,
  DescribeDeliveryChannelsCommand,
  PutDeliveryChannelCommand,
} from '@aws-sdk/client-config-service';
import { CreateRoleCommand, GetRoleCommand, IAMClient, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { DisableKeyCommand, GenerateDataKeyCommand, KMSClient, CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  CopyObjectCommand,
} from '@aws-sdk/client-s3';
import { SetTopicAttributesCommand, SNSClient, PublishCommand } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AwsError } from '../../src/services/aws-error.ts';
import { serviceProtocols } from '../../src/server/service-protocols.ts';
import type { AnyOperation, OperationContext } from '../../src/services/operation.ts';
import { sessionKey, startTestServer, userKey } from './test-server.ts';
import type { TestServer } from './test-server.ts';

interface Received {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly body: string | null;
  readonly trailers: Record<string, string>;
  readonly context: OperationContext<unknown>;
}

let running: TestServer;
const received: Received[] = [];
/** What the next call of an operation answers. */
const answers = new Map<string, unknown>();

beforeAll(async () => {
  const recording = (names: readonly string[]): Record<string, Partial<AnyOperation<unknown>>> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          operate: async (input: Record<string, unknown>, _: unknown, context: OperationContext<unknown>) => {
            let body: string | null = null;
            if (context.payload) {
              const parts: Uint8Array[] = [];
              for await (const part of context.payload.stream) parts.push(part);
              body = Buffer.concat(parts).toString('utf8');
            }
            received.push({
              operation: name,
              input,
              body,
              trailers: { ...context.payload?.trailers() },
              context,
            });
            const answer = answers.get(name);
            if (answer instanceof Error) throw answer;
            return answer ?? {};
          },
          ...(name === 'GetObject'
            ? { statusOf: (output: { $status?: number }) => output.$status ?? 200 }
            : {}),
        },
      ]),
    );
  running = await startTestServer(() => [
    {
      name: 'config',
      protocol: serviceProtocols.config,
      operations: recording(['PutDeliveryChannel', 'DescribeDeliveryChannels']),
    },
    {
      name: 'kms',
      protocol: serviceProtocols.kms,
      operations: recording(['GenerateDataKey', 'CreateKey', 'DisableKey']),
    },
    {
      name: 'iam',
      protocol: serviceProtocols.iam,
      operations: recording(['CreateRole', 'GetRole', 'DeleteRole']),
    },
    {
      name: 'sts',
      protocol: serviceProtocols.sts,
      operations: recording(['AssumeRole', 'GetCallerIdentity']),
    },
    { name: 'sns', protocol: serviceProtocols.sns, operations: recording(['Publish', 'SetTopicAttributes']) },
    {
      name: 's3',
      protocol: serviceProtocols.s3,
      operations: recording([
        'CreateBucket',
        'DeleteObject',
        'GetBucketAcl',
        'GetBucketEncryption',
        'GetBucketLocation',
        'GetBucketPolicy',
        'GetObject',
        'HeadObject',
        'ListBuckets',
        'ListObjectsV2',
        'PutBucketEncryption',
        'PutBucketPolicy',
        'PutObject',
        'UploadPart',
        'CopyObject',
      ]),
    },
  ]);
});

afterAll(async () => {
  await running.server.close();
});

const settings = () => ({
  endpoint: running.address.url,
  region: 'eu-west-1',
  credentials: userKey,
  maxAttempts: 1,
});
const last = (): Received => received.at(-1)!;

describe('JSON 1.1', () => {
  // spec: WIRE-JSON-1, WIRE-JSON-2
  it('hands a nested structure to the operation and answers without a body where there is no output', async () => {
    const client = new ConfigServiceClient(settings());
    await client.send(
      new PutDeliveryChannelCommand({
        DeliveryChannel: {
          name: 'default',
          s3BucketName: 'b',
          configSnapshotDeliveryProperties: { deliveryFrequency: 'One_Hour' },
        },
      }),
    );
    expect(last().input).toEqual({
      DeliveryChannel: {
        name: 'default',
        s3BucketName: 'b',
        configSnapshotDeliveryProperties: { deliveryFrequency: 'One_Hour' },
      },
    });
    expect(last().context.region).toBe('eu-west-1');
    expect(last().context.caller.userId).toBe('AIDAU');
  });

  it('writes lists and leaves out what the schema does not know', async () => {
    answers.set('DescribeDeliveryChannels', { DeliveryChannels: [{ name: 'default' }], secret: 1 });
    const client = new ConfigServiceClient(settings());
    const output = await client.send(new DescribeDeliveryChannelsCommand({}));
    expect(output.DeliveryChannels).toEqual([{ name: 'default' }]);
  });

  it('carries bytes and times both ways', async () => {
    const client = new KMSClient(settings());
    answers.set('GenerateDataKey', { Plaintext: new Uint8Array([1, 2, 3]), KeyId: 'k' });
    const output = await client.send(
      new GenerateDataKeyCommand({ KeyId: 'k', NumberOfBytes: 32, EncryptionContext: { 'aws:s3:arn': 'x' } }),
    );
    expect([...output.Plaintext!]).toEqual([1, 2, 3]);
    expect(last().input).toEqual({ KeyId: 'k', NumberOfBytes: 32, EncryptionContext: { 'aws:s3:arn': 'x' } });
    const at = new Date(1_700_000_000_123);
    answers.set('CreateKey', { KeyMetadata: { KeyId: 'k', CreationDate: at } });
    expect((await client.send(new CreateKeyCommand({}))).KeyMetadata?.CreationDate).toEqual(at);
    await client.send(new DisableKeyCommand({ KeyId: 'k' }));
  });

  // spec: WIRE-JSON-3
  it('gives an error the code by which clients know it', async () => {
    answers.set(
      'PutDeliveryChannel',
      new AwsError({ code: 'NoSuchBucketException', status: 400, text: '', wording: 'ours' }, 'no bucket'),
    );
    const client = new ConfigServiceClient(settings());
    await expect(client.send(new PutDeliveryChannelCommand({ DeliveryChannel: {} }))).rejects.toMatchObject({
      name: 'NoSuchBucketException',
      message: 'no bucket',
    });
  });
});

describe('the query protocol', () => {
  // spec: WIRE-QUERY-1, WIRE-QUERY-2
  it('reads lists of structures and answers with a result', async () => {
    const client = new IAMClient(settings());
    answers.set('CreateRole', { Role: { RoleName: 'r & <co>', Arn: 'arn', CreateDate: new Date(0) } });
    const output = await client.send(
      new CreateRoleCommand({
        RoleName: 'r',
        AssumeRolePolicyDocument: '{"a": "b+c %20 é"}',
        Tags: [
          { Key: 'a', Value: 'b' },
          { Key: 'c', Value: '' },
        ],
        MaxSessionDuration: 3600,
      }),
    );
    expect(last().input).toEqual({
      RoleName: 'r',
      AssumeRolePolicyDocument: '{"a": "b+c %20 é"}',
      Tags: [
        { Key: 'a', Value: 'b' },
        { Key: 'c', Value: '' },
      ],
      MaxSessionDuration: 3600,
    });
    // IAM has one Region, whatever the client is set to.
    expect(last().context.region).toBe('us-east-1');
    expect(output.Role?.RoleName).toBe('r & <co>');
    expect(output.Role?.CreateDate).toEqual(new Date(0));
  });

  // spec: WIRE-QUERY-3
  it('gives an error the code by which clients know it', async () => {
    const client = new IAMClient(settings());
    answers.set(
      'GetRole',
      new AwsError({ code: 'NoSuchEntity', status: 404, text: '', wording: 'ours' }, 'none'),
    );
    await expect(client.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'none',
      $metadata: { httpStatusCode: 404 },
    });
    await client.send(new DeleteRoleCommand({ RoleName: 'r' }));
  });

  it('signs in with a session and its token', async () => {
    const client = new STSClient({ ...settings(), credentials: sessionKey });
    answers.set('GetCallerIdentity', { Account: '1', Arn: 'a', UserId: 'u' });
    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '1' });
    expect(last().context.caller.userId).toBe('AROAR:s');
    answers.set('AssumeRole', { Credentials: { AccessKeyId: 'A', Expiration: new Date(0) } });
    const assumed = await client.send(new AssumeRoleCommand({ RoleArn: 'arn', RoleSessionName: 's' }));
    expect(assumed.Credentials?.AccessKeyId).toBe('A');
  });

  it('reads maps', async () => {
    const client = new SNSClient(settings());
    await client.send(
      new PublishCommand({
        TopicArn: 't',
        Message: 'm',
        MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } },
      }),
    );
    expect(last().input).toEqual({
      TopicArn: 't',
      Message: 'm',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } },
    });
    await client.send(
      new SetTopicAttributesCommand({ TopicArn: 't', AttributeName: 'Policy', AttributeValue: '{}' }),
    );
  });
});

describe('REST XML', () => {
  const s3 = (): S3Client => new S3Client(settings());

  // spec: WIRE-REST-3, WIRE-REST-4, WIRE-SIGN-3
  it.each(['plain', 'a/b//c', 'sp ace+plus', '../up', 'é%2F%', 'a?b=c&d', "it's(*)!", './.', '日本/語'])(
    'takes the key %s as it is',
    async (key) => {
      await s3().send(new PutObjectCommand({ Bucket: 'bucket', Key: key, Body: 'hello' }));
      expect(last()).toMatchObject({ operation: 'PutObject', body: 'hello' });
      expect(last().input).toMatchObject({ Bucket: 'bucket', Key: key });
    },
  );

  it('reads headers, metadata and checksums', async () => {
    await s3().send(
      new PutObjectCommand({
        Bucket: 'bucket',
        Key: 'k',
        Body: 'hello',
        ContentType: 'text/plain',
        Metadata: { colour: 'blue' },
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: 'key',
        BucketKeyEnabled: true,
        ACL: 'bucket-owner-full-control',
      }),
    );
    expect(last().input).toMatchObject({
      ContentType: 'text/plain',
      ContentLength: 5,
      Metadata: { colour: 'blue' },
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'key',
      BucketKeyEnabled: true,
      ACL: 'bucket-owner-full-control',
      ChecksumCRC32: 'NhCmhg==',
    });
  });

  // spec: WIRE-CHUNK-1, WIRE-CHUNK-3, WIRE-CHUNK-5
  it('undoes the chunks of a streamed body and tells its trailer', async () => {
    const text = 'x'.repeat(200_000);
    await s3().send(
      new PutObjectCommand({
        Bucket: 'bucket',
        Key: 'k',
        Body: Readable.from([Buffer.from(text)]),
        ContentLength: text.length,
      }),
    );
    expect(last().body).toBe(text);
    expect(Object.keys(last().trailers)).toEqual(['x-amz-checksum-crc32']);
    expect(last().input['ContentEncoding']).toBeUndefined();
    expect(last().context.payload?.contentBytes).toBe(text.length);
  });

  // spec: WIRE-REST-1, WIRE-REST-2
  it('tells operations apart by query and header', async () => {
    answers.set('CopyObject', { CopyObjectResult: { ETag: '"e"', LastModified: new Date(0) } });
    const copied = await s3().send(new CopyObjectCommand({ Bucket: 'bucket', Key: 'k', CopySource: 'a/b' }));
    expect(last().operation).toBe('CopyObject');
    expect(copied.CopyObjectResult?.ETag).toBe('"e"');
    await s3().send(
      new UploadPartCommand({ Bucket: 'bucket', Key: 'k', UploadId: 'u', PartNumber: 2, Body: 'part' }),
    );
    expect(last()).toMatchObject({ operation: 'UploadPart', body: 'part' });
    expect(last().input).toMatchObject({ UploadId: 'u', PartNumber: 2 });
    await s3().send(new DeleteObjectCommand({ Bucket: 'bucket', Key: 'k', VersionId: 'v' }));
    expect(last()).toMatchObject({ operation: 'DeleteObject', input: { VersionId: 'v' } });
  });

  it('reads XML bodies and plain ones', async () => {
    await s3().send(
      new PutBucketEncryptionCommand({
        Bucket: 'bucket',
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'a&b' },
              BucketKeyEnabled: true,
            },
          ],
        },
      }),
    );
    expect(last().input).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'a&b' },
            BucketKeyEnabled: true,
          },
        ],
      },
    });
    await s3().send(new PutBucketPolicyCommand({ Bucket: 'bucket', Policy: '{"é": 1}' }));
    expect(last().input).toMatchObject({ Bucket: 'bucket', Policy: '{"é": 1}' });
    await s3().send(
      new CreateBucketCommand({
        Bucket: 'bucket',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    expect(last().input).toMatchObject({ CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  });

  it('writes outputs as documents, headers, payloads and bytes', async () => {
    answers.set('ListObjectsV2', {
      Name: 'bucket',
      KeyCount: 1,
      IsTruncated: false,
      Contents: [{ Key: 'a <b>&', Size: 3, LastModified: new Date(0) }],
      CommonPrefixes: [{ Prefix: 'p/' }],
    });
    const list = await s3().send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'a b', MaxKeys: 5 }));
    expect(last().input).toMatchObject({ Prefix: 'a b', MaxKeys: 5 });
    expect(list.Contents?.[0]).toMatchObject({ Key: 'a <b>&', Size: 3 });
    expect(list.CommonPrefixes).toEqual([{ Prefix: 'p/' }]);
    answers.set('ListBuckets', { Buckets: [{ Name: 'bucket' }], Owner: { ID: 'o' } });
    expect((await s3().send(new ListBucketsCommand({}))).Buckets).toEqual([{ Name: 'bucket' }]);
    answers.set('GetBucketPolicy', { Policy: '{"a":1}' });
    expect((await s3().send(new GetBucketPolicyCommand({ Bucket: 'bucket' }))).Policy).toBe('{"a":1}');
    answers.set('GetBucketAcl', {
      Owner: { ID: 'o' },
      Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'o' }, Permission: 'FULL_CONTROL' }],
    });
    const acl = await s3().send(new GetBucketAclCommand({ Bucket: 'bucket' }));
    expect(acl.Grants?.[0]).toMatchObject({
      Permission: 'FULL_CONTROL',
      Grantee: { ID: 'o', Type: 'CanonicalUser' },
    });
    answers.set('GetBucketEncryption', {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    const encryption = await s3().send(new GetBucketEncryptionCommand({ Bucket: 'bucket' }));
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toHaveLength(1);
    answers.set('GetObject', {
      Body: (async function* () {
        yield Buffer.from('hel');
        yield Buffer.from('lo');
      })(),
      ContentLength: 5,
      ContentType: 'text/plain',
      LastModified: new Date(1000),
      Metadata: { a: 'é' },
      ContentRange: 'bytes 0-4/9',
      $status: 206,
    });
    const object = await s3().send(new GetObjectCommand({ Bucket: 'bucket', Key: 'k', Range: 'bytes=0-4' }));
    expect(await object.Body?.transformToString()).toBe('hello');
    expect(object).toMatchObject({
      ContentType: 'text/plain',
      LastModified: new Date(1000),
      ContentLength: 5,
    });
    expect(object.$metadata.httpStatusCode).toBe(206);
    answers.set('HeadObject', { ContentLength: 7, ETag: '"e"' });
    expect(await s3().send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'k' }))).toMatchObject({
      ContentLength: 7,
      ETag: '"e"',
    });
  });

  // spec: WIRE-REST-7
  it('makes the location of a bucket the root of its answer', async () => {
    answers.set('GetBucketLocation', { LocationConstraint: 'eu-west-1' });
    const signed = await s3().send(new GetBucketLocationCommand({ Bucket: 'bucket' }));
    expect(signed.LocationConstraint).toBe('eu-west-1');
    answers.set('GetBucketLocation', {});
    expect(
      (await s3().send(new GetBucketLocationCommand({ Bucket: 'bucket' }))).LocationConstraint,
    ).toBeFalsy();
  });

  // spec: WIRE-REST-5
  it('gives an error its document, and a HEAD its status alone', async () => {
    const noKey = new AwsError(
      { code: 'NoSuchKey', status: 404, text: '', wording: 'ours' },
      'The specified key does not exist.',
      { Key: 'k' },
    );
    answers.set('GetObject', noKey);
    await expect(s3().send(new GetObjectCommand({ Bucket: 'bucket', Key: 'k' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
      Key: 'k',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[0-9A-F]{16}$/) as string },
    });
    answers.set('HeadObject', noKey);
    await expect(s3().send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'k' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });
});
