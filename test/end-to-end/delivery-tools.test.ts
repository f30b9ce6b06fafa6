/**
 * A delivery from end to end with the AWS CLI and with boto3, where this machine has them: role, key, bucket,
 * recorder, channel, snapshot. Elsewhere these tests say that they were skipped.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer, type App } from '../../src/app.ts';
import {
  administration,
  bucketUse,
  fromAccount,
  keyUse,
  policyOf,
  recorderAccount,
  region,
  service,
  trust,
} from './delivery-account.ts';

const run = promisify(execFile);
const has = async (command: string, ...args: readonly string[]): Promise<boolean> =>
  run(command, args).then(
    () => true,
    () => false,
  );
const hasCli = await has('aws', '--version');
const hasBoto3 = await has('python3', '-c', 'import boto3');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-tools-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function environment(app: App): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ENDPOINT_URL: app.address.url,
    AWS_ACCESS_KEY_ID: recorderAccount,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

async function policyFile(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return `file://${path}`;
}

const keyPolicy = policyOf(administration(recorderAccount), keyUse(service, fromAccount()));

describe('the AWS CLI', { timeout: 120_000 }, () => {
  // spec: CFG-SNAPSHOT-1, CFG-STATUS-1
  test.skipIf(!hasCli)('sets a delivery up, orders a snapshot and reads it', async () => {
    await using app = await createServer();
    const aws = async (...args: readonly string[]): Promise<string> => {
      const { stdout } = await run('aws', [...args], { env: environment(app) });
      return stdout;
    };
    const role = ['iam', 'create-role', '--role-name', 'config', '--assume-role-policy-document'];
    await aws(...role, await policyFile('trust.json', trust));
    const keyArn = (await aws('kms', 'create-key', '--query', 'KeyMetadata.Arn', '--output', 'text')).trim();
    const put = ['kms', 'put-key-policy', '--key-id', keyArn, '--policy-name', 'default', '--policy'];
    await aws(...put, await policyFile('key.json', keyPolicy));
    await aws('s3', 'mb', 's3://config-logs');
    const bucketPolicy = await policyFile('bucket.json', policyOf(...bucketUse('config-logs')));
    await aws('s3api', 'put-bucket-policy', '--bucket', 'config-logs', '--policy', bucketPolicy);
    const config = (...args: readonly string[]) => aws('configservice', ...args);
    await config(
      'put-configuration-recorder',
      '--configuration-recorder',
      `name=default,roleARN=arn:aws:iam::${recorderAccount}:role/config`,
    );
    await config(
      'put-delivery-channel',
      '--delivery-channel',
      JSON.stringify({ name: 'default', s3BucketName: 'config-logs', s3KmsKeyArn: keyArn }),
    );
    await config('start-configuration-recorder', '--configuration-recorder-name', 'default');
    await config('deliver-config-snapshot', '--delivery-channel-name', 'default');
    await app.settle();
    // The CLI's own summary reads the status of recorder and channel.
    expect(await config('get-status')).toContain('last status: SUCCESS');
    const listed = await aws('s3', 'ls', '--recursive', 's3://config-logs');
    const key = /\S+\.json\.gz/.exec(listed)?.[0] ?? '';
    const file = join(folder, 'snapshot.json.gz');
    await aws('s3', 'cp', `s3://config-logs/${key}`, file);
    const { stdout } = await run('gunzip', ['-c', file]);
    expect(JSON.parse(stdout)).toMatchObject({ fileVersion: '1.0' });
  });

  test.skipIf(!hasCli)("shows AWS's own words where the delivery is refused", async () => {
    await using app = await createServer();
    const aws = (...args: readonly string[]) => run('aws', [...args], { env: environment(app) });
    const role = ['iam', 'create-role', '--role-name', 'config', '--assume-role-policy-document'];
    await aws(...role, await policyFile('trust.json', trust));
    await aws('s3', 'mb', 's3://config-logs');
    await aws(
      'configservice',
      'put-configuration-recorder',
      '--configuration-recorder',
      `name=default,roleARN=arn:aws:iam::${recorderAccount}:role/config`,
    );
    const putting = aws(
      'configservice',
      'put-delivery-channel',
      '--delivery-channel',
      'name=default,s3BucketName=config-logs',
    );
    await expect(putting).rejects.toThrow(
      'An error occurred (InsufficientDeliveryPolicyException) when calling the PutDeliveryChannel operation: Insufficient delivery policy to s3 bucket: config-logs, unable to get s3 bucket acl.',
    );
  });
});

const script = `
import boto3, gzip, io, json, sys
from botocore.exceptions import ClientError
p = json.load(open(sys.argv[1]))
iam, kms, s3, config = (boto3.client(n) for n in ("iam", "kms", "s3", "config"))
iam.create_role(RoleName="config", AssumeRolePolicyDocument=p["trust"])
key = kms.create_key()["KeyMetadata"]["Arn"]
s3.create_bucket(Bucket="config-logs")
s3.put_bucket_encryption(Bucket="config-logs", ServerSideEncryptionConfiguration={"Rules": [
  {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}, "BucketKeyEnabled": True}]})
s3.put_bucket_policy(Bucket="config-logs", Policy=p["bucket"])
config.put_configuration_recorder(ConfigurationRecorder={"name": "default",
  "roleARN": "arn:aws:iam::%s:role/config" % p["account"]})
channel = {"name": "default", "s3BucketName": "config-logs"}
try:
  config.put_delivery_channel(DeliveryChannel=channel)
  refused = None
except ClientError as e:
  refused = e.response["Error"]["Code"]
kms.put_key_policy(KeyId=key, PolicyName="default", Policy=p["key"])
config.put_delivery_channel(DeliveryChannel=channel)
config.start_configuration_recorder(ConfigurationRecorderName="default")
config.deliver_config_snapshot(deliveryChannelName="default")
import time
for _ in range(100):
  files = [o["Key"] for o in s3.list_objects_v2(Bucket="config-logs")["Contents"] if o["Key"].endswith(".gz")]
  if files: break
  time.sleep(0.05)
got = s3.get_object(Bucket="config-logs", Key=files[0])
document = json.loads(gzip.decompress(got["Body"].read()))
print(json.dumps({"refused": refused, "version": document["fileVersion"], "sse": got["ServerSideEncryption"],
  "isKey": got["SSEKMSKeyId"] == key, "bucketKey": got["BucketKeyEnabled"]}))
`;

describe('boto3', { timeout: 120_000 }, () => {
  // spec: CFG-CHANNEL-2, CFG-DELIVERY-3
  test.skipIf(!hasBoto3)("is refused without the key's statement, and delivers with it", async () => {
    await using app = await createServer();
    const path = join(folder, 'policies.json');
    const policies = {
      trust,
      key: keyPolicy,
      bucket: policyOf(...bucketUse('config-logs')),
      account: recorderAccount,
    };
    await writeFile(path, JSON.stringify(policies));
    const { stdout } = await run('python3', ['-c', script, path], { env: environment(app) });
    expect(JSON.parse(stdout)).toEqual({
      refused: 'InsufficientDeliveryPolicyException',
      version: '1.0',
      sse: 'aws:kms',
      isKey: true,
      bucketKey: true,
    });
  });
});
