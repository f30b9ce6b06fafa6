/** A role or user that is deleted and made again is another one: what named the old one does not let in the new. */
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGrantCommand,
  CreateKeyCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListGrantsCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer, type App } from '../../src/app.ts';
import { administration, clientsOf, policyOf, recorderAccount, region } from './delivery-account.ts';
import { refusalOf, type ClientCredentials } from './identity-clients.ts';

let app: App;
beforeAll(async () => {
  app = await createServer();
});
afterAll(() => app.close());

const owner = () => clientsOf(app, recorderAccount);
const roleArn = (name: string): string => `arn:aws:iam::${recorderAccount}:role/${name}`;
const userArn = (name: string): string => `arn:aws:iam::${recorderAccount}:user/${name}`;
const trusting = (arn: string): string =>
  policyOf({ Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' });

async function newUser(UserName: string): Promise<ClientCredentials> {
  const { iam } = owner();
  await iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

async function deleteUser(UserName: string, { accessKeyId }: ClientCredentials): Promise<void> {
  const { iam } = owner();
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }));
  await iam.send(new DeleteUserCommand({ UserName }));
}

const settings = (credentials: ClientCredentials) => ({
  endpoint: app.address.url,
  region,
  credentials,
  maxAttempts: 1,
});

async function sessionOf(role: string, by: ClientCredentials): Promise<ClientCredentials> {
  const sts = new STSClient(settings(by));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: 'worker' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

async function newRole(RoleName: string, trusted: string): Promise<string> {
  const made = await owner().iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(trusted) }),
  );
  return made.Role?.RoleId ?? '';
}

// spec: IAMAPI-ID-2
test('the policies of key, bucket and topic and the grant that named a deleted role do not let in a new one', async () => {
  const user = await newUser('opener');
  const id = await newRole('writer', userArn('opener'));
  const { kms, s3, iam } = owner();
  const keyPolicy = policyOf(administration(recorderAccount), {
    Effect: 'Allow',
    Principal: { AWS: roleArn('writer') },
    Action: 'kms:Encrypt',
    Resource: '*',
  });
  const KeyId = (await kms.send(new CreateKeyCommand({ Policy: keyPolicy }))).KeyMetadata?.Arn ?? '';
  const granted = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
  await kms.send(
    new CreateGrantCommand({ KeyId: granted, GranteePrincipal: roleArn('writer'), Operations: ['Encrypt'] }),
  );
  const Bucket = 'written-by-a-role';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const bucketPolicy = policyOf({
    Effect: 'Allow',
    Principal: { AWS: roleArn('writer') },
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy }));
  const sns = new SNSClient(settings({ accessKeyId: recorderAccount, secretAccessKey: 'test' }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'told-by-a-role' }));
  const topicPolicy = policyOf({
    Effect: 'Allow',
    Principal: { AWS: roleArn('writer') },
    Action: 'sns:Publish',
    Resource: TopicArn ?? '',
  });
  const putTopicPolicy = new SetTopicAttributesCommand({
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: topicPolicy,
  });
  await sns.send(putTopicPolicy);

  const attempts = async (): Promise<readonly string[]> => {
    const session = settings(await sessionOf('writer', user));
    const asRole = { kms: new KMSClient(session), s3: new S3Client({ ...session, forcePathStyle: true }) };
    const Plaintext = new Uint8Array(4);
    const outcomes = [
      asRole.kms.send(new EncryptCommand({ KeyId, Plaintext })),
      asRole.kms.send(new EncryptCommand({ KeyId: granted, Plaintext })),
      asRole.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' })),
      new SNSClient(session).send(new PublishCommand({ TopicArn, Message: 'a' })),
    ].map((asked) =>
      asked.then(
        () => 'allowed',
        (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
      ),
    );
    return Promise.all(outcomes);
  };
  expect(await attempts()).toEqual(['allowed', 'allowed', 'allowed', 'allowed']);

  await iam.send(new DeleteRoleCommand({ RoleName: 'writer' }));
  const newId = await newRole('writer', userArn('opener'));
  expect(newId).not.toBe(id);
  expect(await attempts()).toEqual([
    'AccessDeniedException',
    'AccessDeniedException',
    'AccessDenied',
    'AuthorizationErrorException',
  ]);

  const shown = await kms.send(new GetKeyPolicyCommand({ KeyId }));
  expect(shown.Policy).toBe(keyPolicy.replace(roleArn('writer'), id));
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(
    bucketPolicy.replace(roleArn('writer'), id),
  );
  const told = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(told.Attributes?.['Policy']).toBe(topicPolicy.replace(roleArn('writer'), id));
  const grants = await kms.send(new ListGrantsCommand({ KeyId: granted }));
  expect(grants.Grants?.map(({ GranteePrincipal }) => GranteePrincipal)).toEqual([id]);

  // What names a deleted principal can't be stored again as it is shown; naming the new role lets it in.
  expect((await refusalOf(kms.send(new PutKeyPolicyCommand({ KeyId, Policy: shown.Policy }))))[0]).toBe(
    'MalformedPolicyDocumentException',
  );
  await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: keyPolicy }));
  await kms.send(
    new CreateGrantCommand({ KeyId: granted, GranteePrincipal: roleArn('writer'), Operations: ['Encrypt'] }),
  );
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy }));
  await sns.send(putTopicPolicy);
  expect(await attempts()).toEqual(['allowed', 'allowed', 'allowed', 'allowed']);
});

// spec: IAMAPI-ID-2
test('the trust policy that named a deleted user does not let in a new one', async () => {
  const first = await newUser('caller');
  await newRole('trusting', userArn('caller'));
  await sessionOf('trusting', first);

  await deleteUser('caller', first);
  const { Role } = await owner().iam.send(new GetRoleCommand({ RoleName: 'trusting' }));
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toMatch(/"AWS":"AIDA[A-Z0-9]+"/);

  const second = await newUser('caller');
  expect((await refusalOf(sessionOf('trusting', second)))[0]).toBe('AccessDenied');
  await owner().iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'trusting',
      PolicyDocument: trusting(userArn('caller')),
    }),
  );
  await expect(sessionOf('trusting', second)).resolves.toBeDefined();
});
