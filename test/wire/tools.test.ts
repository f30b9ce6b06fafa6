/**
 * The AWS CLI and boto3, where this machine has them, against tiny operations: what they send by default is
 * understood, and what comes back they understand. On a machine without them these tests say that they were skipped.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceProtocols } from '../../src/server/service-protocols.ts';
import type { OperationContext } from '../../src/services/operation.ts';
import { startTestServer, userKey } from './test-server.ts';
import type { TestServer } from './test-server.ts';

const run = promisify(execFile);
const has = async (command: string, ...args: string[]): Promise<boolean> =>
  run(command, args).then(
    () => true,
    () => false,
  );
const hasCli = await has('aws', '--version');
const hasBoto3 = await has('python3', '-c', 'import boto3');

let running: TestServer;
const objects = new Map<string, string>();
const policies = new Map<string, string>();

beforeAll(async () => {
  running = await startTestServer(() => [
    {
      name: 'config',
      protocol: serviceProtocols.config,
      operations: {
        DescribeDeliveryChannels: {
          operate: async () => ({ DeliveryChannels: [{ name: 'default', s3BucketName: 'bucket' }] }),
        },
      },
    },
    {
      name: 'kms',
      protocol: serviceProtocols.kms,
      operations: {
        GenerateDataKey: {
          operate: async (input) => ({
            KeyId: (input as { KeyId: string }).KeyId,
            Plaintext: new Uint8Array([1]),
            CiphertextBlob: new Uint8Array([2]),
          }),
        },
      },
    },
    {
      name: 'iam',
      protocol: serviceProtocols.iam,
      operations: {
        CreateRole: {
          operate: async (input: Record<string, unknown>) => ({
            Role: { ...input, Path: '/', RoleId: 'AROA', Arn: 'arn', CreateDate: new Date(0) },
          }),
        },
      },
    },
    {
      name: 'sts',
      protocol: serviceProtocols.sts,
      operations: {
        GetCallerIdentity: {
          operate: async () => ({ Account: '111122223333', Arn: 'arn', UserId: 'AIDAU' }),
        },
      },
    },
    {
      name: 's3',
      protocol: serviceProtocols.s3,
      operations: {
        CreateBucket: { operate: async () => ({ Location: '/bucket' }) },
        GetBucketLocation: { operate: async () => ({ LocationConstraint: 'eu-west-1' }) },
        PutBucketPolicy: {
          operate: async (input: { Bucket: string; Policy: string }) => {
            policies.set(input.Bucket, input.Policy);
            return {};
          },
        },
        GetBucketPolicy: {
          operate: async (input: { Bucket: string }) => ({ Policy: policies.get(input.Bucket) }),
        },
        PutObject: {
          operate: async ({ Key }: { Key: string }, _: unknown, { payload }: OperationContext<unknown>) => {
            const parts: Uint8Array[] = [];
            for await (const part of payload!.stream) parts.push(part);
            objects.set(Key, Buffer.concat(parts).toString());
            return { ETag: '"e"' };
          },
        },
        GetObject: {
          operate: async ({ Key }: { Key: string }) => {
            const text = objects.get(Key) ?? '';
            return { Body: text, ContentLength: text.length, ETag: '"e"', LastModified: new Date(0) };
          },
        },
        HeadObject: {
          operate: async ({ Key }: { Key: string }) => ({
            ContentLength: objects.get(Key)?.length ?? 0,
            ETag: '"e"',
            LastModified: new Date(0),
          }),
        },
        ListObjectsV2: {
          operate: async ({ Bucket }: { Bucket: string }) => ({
            Name: Bucket,
            Prefix: '',
            MaxKeys: 1000,
            KeyCount: objects.size,
            IsTruncated: false,
            Contents: [...objects].map(([Key, text]) => ({
              Key,
              Size: text.length,
              LastModified: new Date(0),
              ETag: '"e"',
              StorageClass: 'STANDARD',
            })),
          }),
        },
      },
    },
  ]);
});

afterAll(async () => {
  await running.server.close();
});

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  AWS_ACCESS_KEY_ID: userKey.accessKeyId,
  AWS_SECRET_ACCESS_KEY: userKey.secretAccessKey,
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: running.address.url,
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
});

describe.skipIf(!hasCli)('the AWS CLI (skipped where it is not installed)', () => {
  const aws = async (...args: string[]): Promise<string> =>
    (await run('aws', [...args, '--output', 'json'], { env: environment() })).stdout;

  it('speaks with every protocol', { timeout: 120_000 }, async () => {
    const channels = await aws('configservice', 'describe-delivery-channels');
    expect(JSON.parse(channels)).toMatchObject({ DeliveryChannels: [{ s3BucketName: 'bucket' }] });
    const identity = await aws('sts', 'get-caller-identity');
    expect(JSON.parse(identity)).toMatchObject({ Account: '111122223333' });
    const folder = await mkdtemp(join(tmpdir(), 'sealpost-'));
    const file = join(folder, 'file.txt');
    await writeFile(file, 'hello from the command line');
    await aws('s3', 'cp', file, 's3://bucket/a folder/file.txt');
    expect(objects.get('a folder/file.txt')).toBe('hello from the command line');
    expect(await aws('s3', 'cp', 's3://bucket/a folder/file.txt', '-')).toContain(
      'hello from the command line',
    );
    expect(await aws('s3', 'ls', 's3://bucket')).toContain('file.txt');
    await expect(aws('s3api', 'get-bucket-tagging', '--bucket', 'bucket')).rejects.toThrow(/NotImplemented/);
    await expect(
      aws('kms', 'sign', '--key-id', 'k', '--message', 'eA==', '--signing-algorithm', 'ECDSA_SHA_256'),
    ).rejects.toThrow(/UnknownOperationException/);
  });
});

const script = `
import boto3, io, json
config, kms, iam, sts, s3 = (boto3.client(name) for name in ('config', 'kms', 'iam', 'sts', 's3'))
out = {}
out['channel'] = config.describe_delivery_channels()['DeliveryChannels'][0]['name']
out['key'] = kms.generate_data_key(KeyId='k', KeySpec='AES_256', EncryptionContext={'a': 'b'})['Plaintext'].hex()
role = iam.create_role(RoleName='r', AssumeRolePolicyDocument='{}', Tags=[{'Key': 'a', 'Value': 'b'}])['Role']
out['role'] = [role['RoleName'], role['Tags'], str(role['CreateDate'])]
out['who'] = sts.get_caller_identity()['UserId']
s3.create_bucket(Bucket='bucket', CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
out['location'] = s3.get_bucket_location(Bucket='bucket')['LocationConstraint']
s3.put_object(Bucket='bucket', Key='p/\\u00e9 +', Body=b'bytes', Metadata={'a': 'b'}, ServerSideEncryption='aws:kms')
out['object'] = s3.get_object(Bucket='bucket', Key='p/\\u00e9 +')['Body'].read().decode()
s3.upload_fileobj(io.BytesIO(b'streamed'), 'bucket', 'streamed')
out['streamed'] = s3.get_object(Bucket='bucket', Key='streamed')['Body'].read().decode()
s3.put_bucket_policy(Bucket='bucket', Policy='{"a": 1}')
out['policy'] = s3.get_bucket_policy(Bucket='bucket')['Policy']
url = boto3.client('s3', config=boto3.session.Config(signature_version='s3v4')).generate_presigned_url('get_object', Params={'Bucket': 'bucket', 'Key': 'streamed'})
import urllib.request
out['presigned'] = urllib.request.urlopen(url).read().decode()
try:
    kms.describe_key(KeyId='k')
except Exception as error:
    out['error'] = type(error).__name__ + ' ' + error.response['Error']['Code']
print(json.dumps(out))
`;

describe.skipIf(!hasBoto3)('boto3 (skipped where it is not installed)', () => {
  it('speaks with every protocol', { timeout: 120_000 }, async () => {
    const { stdout } = await run('python3', ['-c', script], { env: environment() });
    expect(JSON.parse(stdout)).toEqual({
      channel: 'default',
      key: '01',
      role: ['r', [{ Key: 'a', Value: 'b' }], '1970-01-01 00:00:00+00:00'],
      who: 'AIDAU',
      location: 'eu-west-1',
      object: 'bytes',
      streamed: 'streamed',
      policy: '{"a": 1}',
      presigned: 'streamed',
      error: 'ClientError UnknownOperationException',
    });
  });
});
