/**
 * Lays the example out through the server's own AWS endpoints, with the official clients. What is there already is
 * left as it is, so that a folder that has it goes on from there.
 */
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  bucketPolicy,
  deliveryPolicy,
  keyPolicy,
  pageKeyPolicy,
  readOnlyManagedPolicy,
  trustPolicy,
  type ExampleNames,
} from './example-policies.ts';

export const exampleAccount = '111122223333';
export const exampleBucket = 'sealpost-example-config-logs';
const keyAlias = 'alias/sealpost-example';

export interface ExampleRecorder {
  readonly region: string;
  readonly roleName: string;
  /** One clause: what is special about it. */
  readonly about: string;
}

export const exampleRecorders: readonly ExampleRecorder[] = [
  {
    region: 'us-east-1',
    roleName: 'config-recorder',
    about: 'its role may write to the bucket and use the key',
  },
  {
    region: 'eu-west-1',
    roleName: 'config-recorder-read-only',
    about: "its role has AWS's managed policy AWS_ConfigRole alone, which may neither write nor use the key",
  },
];

/** What the layout has to tell beyond that it is there. */
export interface LaidOutExample extends ExampleNames {
  /** What KMS said to the page's statements alone; `null`: the key was there already. */
  readonly lockoutRefusal: string | null;
}

/** Clients of the example's account in one Region. */
export function exampleClients(endpoint: string, region: string) {
  const settings = {
    endpoint,
    region,
    credentials: { accessKeyId: exampleAccount, secretAccessKey: 'test' },
  };
  return {
    config: new ConfigServiceClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
  };
}

type Clients = ReturnType<typeof exampleClients>;

/** The key, the bucket, the roles, and in each Region a recorder with its channel, running. */
export async function layOutExample(endpoint: string): Promise<LaidOutExample> {
  const home = exampleClients(endpoint, exampleRecorders[0]?.region ?? 'us-east-1');
  const { keyArn, lockoutRefusal } = await ensureKey(home);
  const names = { account: exampleAccount, bucket: exampleBucket, keyArn };
  await ensureBucket(home, names);
  for (const recorder of exampleRecorders) {
    await ensureRole(home, recorder, names);
    await ensureRecorder(exampleClients(endpoint, recorder.region), recorder, names);
  }
  return { ...names, lockoutRefusal };
}

async function ensureKey({ kms }: Clients): Promise<{ keyArn: string; lockoutRefusal: string | null }> {
  const known = await kms
    .send(new DescribeKeyCommand({ KeyId: keyAlias }))
    .catch((error: unknown) => unless(error, 'NotFoundException'));
  if (known !== null) return { keyArn: known.KeyMetadata?.Arn ?? '', lockoutRefusal: null };

  const made = await kms.send(new CreateKeyCommand({ Description: 'Encrypts what AWS Config delivers' }));
  const keyArn = made.KeyMetadata?.Arn ?? '';
  const names = { account: exampleAccount, bucket: exampleBucket, keyArn };
  const put = (policy: object) =>
    kms.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: JSON.stringify(policy) }));
  const lockoutRefusal = await put(pageKeyPolicy(names)).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  await put(keyPolicy(names));
  await kms.send(new CreateAliasCommand({ AliasName: keyAlias, TargetKeyId: keyArn }));
  return { keyArn, lockoutRefusal };
}

async function ensureBucket({ s3 }: Clients, names: ExampleNames): Promise<void> {
  const Bucket = names.bucket;
  const isThere = await s3.send(new HeadBucketCommand({ Bucket })).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const encryption = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: names.keyArn } as const;
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: encryption }] },
    }),
  );
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(bucketPolicy(names)) }));
}

async function ensureRole({ iam }: Clients, recorder: ExampleRecorder, names: ExampleNames): Promise<void> {
  const RoleName = recorder.roleName;
  const AssumeRolePolicyDocument = JSON.stringify(trustPolicy);
  const made = await iam
    .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    .catch((error: unknown) => unless(error, 'EntityAlreadyExistsException'));
  if (made === null) return;
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnlyManagedPolicy }));
  if (recorder !== exampleRecorders[0]) return;
  const PolicyDocument = JSON.stringify(deliveryPolicy(names));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'delivery', PolicyDocument }));
}

/** Putting a recorder or channel of the same name changes nothing but what is new in it. */
async function ensureRecorder(
  { config }: Clients,
  recorder: ExampleRecorder,
  names: ExampleNames,
): Promise<void> {
  const roleARN = `arn:aws:iam::${names.account}:role/${recorder.roleName}`;
  await config.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name: 'default',
        roleARN,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      },
    }),
  );
  await config.send(
    new PutDeliveryChannelCommand({
      DeliveryChannel: { name: 'default', s3BucketName: names.bucket, s3KmsKeyArn: names.keyArn },
    }),
  );
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
}

/** `null` for the error of this name; throws any other. */
function unless(error: unknown, name: string): null {
  if (error instanceof Error && error.name === name) return null;
  throw error;
}
