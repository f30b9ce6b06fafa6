/** KMS through the real client: what no test inside the service can see, the wire and the policies of callers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  GenerateDataKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListKeysCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { createServer, type App } from '../../src/app.ts';
import {
  administration,
  archiveAccount,
  clientsOf,
  keyUse,
  policyOf,
  recorderAccount,
  region,
  type Statement,
} from './delivery-account.ts';

let app: App;
beforeAll(async () => {
  app = await createServer();
});
afterAll(() => app.close());

const owner = () => clientsOf(app, recorderAccount);

async function newKey(...statements: readonly Statement[]): Promise<string> {
  const { kms } = owner();
  const made = await kms.send(new CreateKeyCommand({}));
  const KeyId = made.KeyMetadata?.Arn ?? '';
  if (statements.length > 0)
    await kms.send(
      new PutKeyPolicyCommand({ KeyId, Policy: policyOf(administration(recorderAccount), ...statements) }),
    );
  return KeyId;
}

let roleCount = 0;

/** KMS as a session of a new role with these statements. */
async function sessionWith(account: string, ...statements: readonly Statement[]) {
  const { iam } = clientsOf(app, account);
  const RoleName = `worker-${String(++roleCount)}`;
  const UserName = `${RoleName}-user`;
  const trust = policyOf({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' });
  const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  if (statements.length > 0)
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: policyOf(...statements) }),
    );
  // Roots assume no roles: a user does.
  const { CreateUserCommand, CreateAccessKeyCommand, PutUserPolicyCommand } =
    await import('@aws-sdk/client-iam');
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'assume', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const endpoint = app.address.url;
  const sts = new STSClient({
    endpoint,
    region,
    credentials: {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    },
  });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: made.Role?.Arn ?? '', RoleSessionName: 'session' }),
  );
  const kms = new KMSClient({
    endpoint,
    region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  return {
    kms,
    arn: `arn:aws:sts::${account}:assumed-role/${RoleName}/session`,
    roleArn: made.Role?.Arn ?? '',
  };
}

describe('a key through the client', () => {
  // spec: KMS-CREATE-1, KMS-CIPHER-2, KMS-DATAKEY-1
  test('is made, described, listed, and opens what it encrypted', async () => {
    const { kms } = owner();
    const KeyId = await newKey();
    const described = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(described.KeyMetadata).toMatchObject({
      Arn: KeyId,
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
    });
    expect(described.KeyMetadata?.CreationDate).toBeInstanceOf(Date);
    const listed = await kms.send(new ListKeysCommand({ Limit: 1000 }));
    expect(listed.Keys?.map((key) => key.KeyArn)).toContain(KeyId);
    const EncryptionContext = { purpose: 'test' };
    const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
    const opened = await kms.send(
      new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }),
    );
    expect(opened.Plaintext).toEqual(made.Plaintext);
    await expect(kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }))).rejects.toMatchObject(
      {
        name: 'InvalidCiphertextException',
        $metadata: { httpStatusCode: 400 },
      },
    );
  });

  // spec: KMS-WIRE-1, KMS-STATE-1
  test('says what is wrong in the words of KMS, with status 400', async () => {
    const { kms } = owner();
    const KeyId = await newKey();
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))).rejects.toMatchObject({
      name: 'DisabledException',
      message: `${KeyId} is disabled.`,
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('a key policy', () => {
  const useAnyKey: Statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const generate = (kms: KMSClient, KeyId: string) =>
    kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));

  // spec: KMS-PERM-1, KMS-DENIED-1
  test('that leaves the key to the account lets in a role whose own policies allow it, and no other', async () => {
    const KeyId = await newKey();
    const allowed = await sessionWith(recorderAccount, useAnyKey);
    await expect(generate(allowed.kms, KeyId)).resolves.toMatchObject({ KeyId });
    const poor = await sessionWith(recorderAccount);
    await expect(generate(poor.kms, KeyId)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${poor.arn} is not authorized to perform: kms:GenerateDataKey on resource: ${KeyId} because no identity-based policy allows the kms:GenerateDataKey action`,
    });
  });

  // spec: KMS-DENIED-2
  test('that does not name another account hides the key from it', async () => {
    const KeyId = await newKey();
    const stranger = await sessionWith(archiveAccount, useAnyKey);
    await expect(generate(stranger.kms, KeyId)).rejects.toMatchObject({
      message: `User: ${stranger.arn} is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    });
  });

  test('that names another account leaves the rest to that account', async () => {
    const KeyId = await newKey(keyUse({ AWS: archiveAccount }));
    const allowed = await sessionWith(archiveAccount, useAnyKey);
    await expect(generate(allowed.kms, KeyId)).resolves.toMatchObject({ KeyId });
    const poor = await sessionWith(archiveAccount);
    await expect(generate(poor.kms, KeyId)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  // spec: KMS-GRANTOP-1
  test('need not name whom a grant names, for what the grant says', async () => {
    const KeyId = await newKey();
    const grantee = await sessionWith(recorderAccount);
    await owner().kms.send(
      new CreateGrantCommand({
        KeyId,
        GranteePrincipal: grantee.roleArn,
        Operations: ['GenerateDataKey'],
        Constraints: { EncryptionContextSubset: { team: 'audit' } },
      }),
    );
    const asked = (EncryptionContext: Record<string, string>) =>
      grantee.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
    const made = await asked({ team: 'audit', more: 'x' });
    await expect(asked({ team: 'sales' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(
      grantee.kms.send(
        new DecryptCommand({
          CiphertextBlob: made.CiphertextBlob,
          EncryptionContext: { team: 'audit', more: 'x' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  // spec: KMS-KEYPOLICY-2, KMS-KEYPOLICY-3
  test("of AWS's page alone is refused, as it locks everyone out; with its placeholder left it names nobody", async () => {
    const { kms } = owner();
    const KeyId = await newKey();
    const put = (...statements: readonly Statement[]) =>
      kms.send(new PutKeyPolicyCommand({ KeyId, Policy: policyOf(...statements) }));
    await expect(put(keyUse({ AWS: [recorderAccount] }))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    });
    await expect(
      put(administration(recorderAccount), keyUse({ AWS: ['account-id1'] })),
    ).rejects.toMatchObject({
      message: 'Policy contains a statement with one or more invalid principals.',
    });
    const kept = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    expect(kept.Policy).toContain('Enable IAM User Permissions');
  });
});
