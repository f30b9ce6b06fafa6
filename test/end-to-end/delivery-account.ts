/**
 * What the delivery tests share: a server, accounts with real clients, and the usual layout of a delivery, each part
 * of which a test replaces.
 */
import { gunzipSync } from 'node:zlib';
import {
  ConfigServiceClient,
  DeliverConfigSnapshotCommand,
  DescribeDeliveryChannelStatusCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createServer, type App } from '../../src/app.ts';

export const recorderAccount = '111122223333';
export const archiveAccount = '444455556666';
export const region = 'us-east-1';

/** The clients of an account's root user. */
export function clientsOf(app: App, account: string, inRegion = region) {
  const settings = {
    endpoint: app.address.url,
    region: inRegion,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return {
    config: new ConfigServiceClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly [element: string]: unknown;
}

export function policyOf(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export const service = { Service: 'config.amazonaws.com' };

export const trust = policyOf({ Effect: 'Allow', Principal: service, Action: 'sts:AssumeRole' });

/** The root's own statement, without which nobody could change the key again. */
export function administration(account: string): Statement {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
}

export function keyUse(principal: object, condition: object = {}): Statement {
  return {
    Effect: 'Allow',
    Principal: principal,
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: condition,
  };
}

export function fromAccount(account = recorderAccount): object {
  return { StringEquals: { 'AWS:SourceAccount': account } };
}

/** The bucket policy's three statements for AWS Config itself. */
export function bucketUse(
  bucket: string,
  principal: object = service,
  condition: object = fromAccount(),
): readonly Statement[] {
  return [
    {
      Effect: 'Allow',
      Principal: principal,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: condition,
    },
    {
      Effect: 'Allow',
      Principal: principal,
      Action: ['s3:PutObject'],
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/${recorderAccount}/Config/*`,
      Condition: condition,
    },
  ];
}

/** What lets a role deliver anywhere. */
export const deliveryStatement: Statement = {
  Effect: 'Allow',
  Action: [
    's3:PutObject',
    's3:PutObjectAcl',
    's3:GetBucketAcl',
    's3:ListBucket',
    'kms:Decrypt',
    'kms:GenerateDataKey',
  ],
  Resource: '*',
};

export interface Layout {
  /** Statements of the role; none: a role without policies. */
  readonly role?: readonly Statement[];
  readonly trust?: string;
  readonly isServiceLinked?: boolean;
  /** Statements of the key beside the administration's. */
  readonly key?: readonly Statement[];
  /** `null`: no bucket policy. */
  readonly bucketPolicy?: (bucket: string) => readonly Statement[] | null;
  /** Whose bucket and key they are. */
  readonly owner?: string;
  /** The recorder's Region. */
  readonly recorderRegion?: string;
}

export interface LaidOut {
  readonly app: App;
  readonly clients: Clients;
  readonly owner: Clients;
  readonly bucket: string;
  readonly keyArn: string;
  readonly roleARN: string;
  readonly recorderRegion: string;
}

/** A server with bucket, key, role and recorder; no channel yet. */
export async function layOut(layout: Layout = {}, server: App | null = null): Promise<LaidOut> {
  const app = server ?? (await createServer());
  const owner = layout.owner ?? recorderAccount;
  const recorderRegion = layout.recorderRegion ?? region;
  const ofOwner = clientsOf(app, owner);
  const clients = clientsOf(app, recorderAccount, recorderRegion);
  const bucket = 'config-logs';

  const roleARN = await layOutRole(clients, layout);
  const made = await ofOwner.kms.send(new CreateKeyCommand({}));
  const keyArn = made.KeyMetadata?.Arn ?? '';
  const statements = layout.key ?? [keyUse(service, fromAccount())];
  await ofOwner.kms.send(
    new PutKeyPolicyCommand({ KeyId: keyArn, Policy: policyOf(administration(owner), ...statements) }),
  );
  await ofOwner.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await ofOwner.s3.send(
    new PutBucketEncryptionCommand({
      Bucket: bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } }],
      },
    }),
  );
  const bucketPolicy = layout.bucketPolicy === undefined ? bucketUse(bucket) : layout.bucketPolicy(bucket);
  if (bucketPolicy !== null)
    await ofOwner.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policyOf(...bucketPolicy) }));
  await clients.config.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name: 'default',
        roleARN,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      },
    }),
  );
  return { app, clients, owner: ofOwner, bucket, keyArn, roleARN, recorderRegion };
}

async function layOutRole({ iam }: Clients, layout: Layout): Promise<string> {
  if (layout.isServiceLinked === true) {
    const made = await iam.send(
      new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }),
    );
    return made.Role?.Arn ?? '';
  }
  const RoleName = 'config';
  const made = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: layout.trust ?? trust }),
  );
  const statements = layout.role ?? [deliveryStatement];
  if (statements.length > 0)
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'delivery', PolicyDocument: policyOf(...statements) }),
    );
  return made.Role?.Arn ?? '';
}

export async function putChannel({ clients, bucket }: LaidOut, channel: object = {}): Promise<void> {
  await clients.config.send(
    new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: bucket, ...channel } }),
  );
}

/** One snapshot, from its order to its end. */
export async function deliver({ app, clients, recorderRegion }: LaidOut) {
  await clients.config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
  const { configSnapshotId = '' } = await clients.config.send(
    new DeliverConfigSnapshotCommand({ deliveryChannelName: 'default' }),
  );
  await app.settle();
  const delivery = await app.findDelivery({
    account: recorderAccount,
    region: recorderRegion,
    configSnapshotId,
  });
  const status = await clients.config.send(new DescribeDeliveryChannelStatusCommand({}));
  return { delivery, info: status.DeliveryChannelsStatus?.[0]?.configSnapshotDeliveryInfo };
}

/** A delivered file as its reader sees it. */
export async function readDelivered({ owner, bucket }: LaidOut, key: string) {
  const read = await owner.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = (await read.Body?.transformToByteArray()) ?? new Uint8Array();
  const document: unknown = JSON.parse(gunzipSync(bytes).toString());
  return {
    keyId: read.SSEKMSKeyId,
    encryption: read.ServerSideEncryption,
    contentType: read.ContentType,
    document,
  };
}
