import { describe, expect, test } from 'vitest';
import { DisableKeyCommand, EnableKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import { DescribeDeliveryChannelsCommand } from '@aws-sdk/client-config-service';
import { ListObjectsV2Command, PutBucketOwnershipControlsCommand } from '@aws-sdk/client-s3';
import { check, type Setup } from '../../src/pure.ts';
import {
  administration,
  archiveAccount,
  bucketUse,
  deliver,
  deliveryStatement,
  fromAccount,
  keyUse,
  layOut,
  policyOf,
  putChannel,
  readDelivered,
  recorderAccount,
  region,
  service,
  trust,
  type LaidOut,
  type Layout,
} from './delivery-account.ts';

/** The verdict of `check` on what the server holds, which every test below compares with what happened. */
async function verdictOf({ app, recorderRegion }: LaidOut) {
  const [setup] = await app.exportSetups({ account: recorderAccount, region: recorderRegion });
  return check(setup as Setup, { at: new Date(app.world.nowMillis()) });
}

async function delivered(layout: Layout, channel: object = {}) {
  const laidOut = await layOut(layout);
  try {
    await putChannel(laidOut, channel);
    const report = await verdictOf(laidOut);
    const { delivery, info } = await deliver(laidOut);
    const file = delivery?.state === 'delivered' ? await readDelivered(laidOut, delivery.objectKey) : null;
    return { laidOut, report, delivery, info, file };
  } finally {
    await laidOut.app.close();
  }
}

/** What PutDeliveryChannel says no with, and that it stored nothing. */
async function refused(layout: Layout, channel: object = {}) {
  const laidOut = await layOut(layout);
  try {
    const error = await putChannel(laidOut, channel).then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? { code: thrown.name, message: thrown.message } : null),
    );
    const stored = await laidOut.clients.config.send(new DescribeDeliveryChannelsCommand({}));
    expect(stored.DeliveryChannels).toEqual([]);
    return { error, roleARN: laidOut.roleARN, keyArn: laidOut.keyArn };
  } finally {
    await laidOut.app.close();
  }
}

const noBucketPolicy = () => null;

describe('AWS Config delivers as the role', () => {
  // spec: CFG-DELIVERY-3, CFG-SNAPSHOT-1, CFG-SNAPSHOT-2
  test('when its own policies allow it and the key leaves it to them', async () => {
    const { delivery, info, file, report, laidOut } = await delivered({
      bucketPolicy: noBucketPolicy,
      key: [],
    });
    expect(delivery).toMatchObject({ state: 'delivered', deliveredAs: 'role' });
    expect(report).toMatchObject({ verdict: 'delivers', deliveredAs: 'role' });
    // spec: CFG-STATUS-1
    expect(info).toMatchObject({ lastStatus: 'SUCCESS', lastSuccessfulTime: expect.any(Date) as Date });
    expect(file).toMatchObject({
      encryption: 'aws:kms',
      keyId: laidOut.keyArn,
      contentType: 'application/json',
      document: { fileVersion: '1.0', configSnapshotId: delivery?.configSnapshotId },
    });
    // spec: CFG-ITEM-4
    const types = (
      file?.document as { configurationItems: { resourceType: string }[] }
    ).configurationItems.map((item) => item.resourceType);
    expect(new Set(types)).toEqual(
      new Set(['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::IAM::Role', 'AWS::Config::ConfigurationRecorder']),
    );
  });

  test("with the channel's key in the header, under the channel's prefix", async () => {
    const laidOut = await layOut({ bucketPolicy: noBucketPolicy, key: [] });
    await putChannel(laidOut, { s3KmsKeyArn: laidOut.keyArn, s3KeyPrefix: 'audit' });
    const { delivery } = await deliver(laidOut);
    expect(delivery).toMatchObject({ deliveredAs: 'role' });
    expect(delivery?.objectKey.startsWith(`audit/AWSLogs/${recorderAccount}/Config/${region}/`)).toBe(true);
    const list = await laidOut.owner.s3.send(new ListObjectsV2Command({ Bucket: laidOut.bucket }));
    expect(list.Contents?.map(({ Key }) => Key)).toContain(
      `audit/AWSLogs/${recorderAccount}/Config/ConfigWritabilityCheckFile`,
    );
    await laidOut.app.close();
  });

  test("into another account's bucket and key, where both sides name it", async () => {
    const { delivery, report } = await delivered({
      owner: archiveAccount,
      key: [keyUse({ AWS: `arn:aws:iam::${recorderAccount}:role/config` })],
      bucketPolicy: (bucket) => bucketUse(bucket, { AWS: `arn:aws:iam::${recorderAccount}:role/config` }, {}),
    });
    expect(delivery).toMatchObject({ state: 'delivered', deliveredAs: 'role' });
    expect(report).toMatchObject({ verdict: 'delivers', deliveredAs: 'role' });
  });
});

describe('AWS Config delivers as the service principal', () => {
  const cases: readonly (readonly [string, Layout])[] = [
    [
      'the key refuses the role',
      {
        key: [
          keyUse(service, fromAccount()),
          { ...keyUse({ AWS: `arn:aws:iam::${recorderAccount}:role/config` }), Effect: 'Deny' },
        ],
      },
    ],
    [
      'the bucket policy refuses the role',
      {
        bucketPolicy: (bucket) => [
          ...bucketUse(bucket),
          {
            Effect: 'Deny',
            Principal: { AWS: `arn:aws:iam::${recorderAccount}:role/config` },
            Action: 's3:PutObject',
            Resource: `arn:aws:s3:::${bucket}/*`,
          },
        ],
      },
    ],
    ["the role's own policies allow nothing", { role: [] }],
    ['the role may write but not use the key', { role: [{ ...deliveryStatement, Action: ['s3:*'] }] }],
    ['the role is the service-linked role', { isServiceLinked: true }],
    [
      "the SourceArn of the key's condition is that of the recorder's Region",
      {
        role: [],
        key: [
          keyUse(service, {
            ...fromAccount(),
            ArnLike: { 'AWS:SourceArn': `arn:aws:config:${region}:${recorderAccount}:*` },
          }),
        ],
      },
    ],
    ["bucket and key are another account's that lets in only the service", { owner: archiveAccount }],
  ];

  // spec: CFG-DELIVERY-3
  test.each(cases)('when %s', async (_, layout) => {
    const { delivery, report, file } = await delivered(layout);
    expect(delivery).toMatchObject({ state: 'delivered', deliveredAs: 'service-principal' });
    expect(report).toMatchObject({ verdict: 'delivers', deliveredAs: 'service-principal' });
    expect(file?.document).toMatchObject({ fileVersion: '1.0' });
  });
});

describe('AWS Config does not deliver', () => {
  const cantWrite = (keyArn = 'null') =>
    `Insufficient delivery policy to s3 bucket: config-logs, unable to write to bucket, provided s3 key prefix is 'null', provided kms key is '${keyArn}'.`;

  // spec: CFG-CHANNEL-2
  test('when role and service principal are both refused the key', async () => {
    const { error } = await refused({ role: [{ ...deliveryStatement, Action: ['s3:*'] }], key: [] });
    expect(error).toEqual({ code: 'InsufficientDeliveryPolicyException', message: cantWrite() });
  });

  // spec: CFG-CHANNEL-2
  test("when neither may read the bucket's ACL", async () => {
    const { error } = await refused({
      role: [{ ...deliveryStatement, Action: ['s3:PutObject', 'kms:*'] }],
      bucketPolicy: (bucket) => bucketUse(bucket).slice(1),
    });
    expect(error).toEqual({
      code: 'InsufficientDeliveryPolicyException',
      message: 'Insufficient delivery policy to s3 bucket: config-logs, unable to get s3 bucket acl.',
    });
  });

  test.each([
    ['the source account is another', fromAccount('999988887777')],
    [
      'the SourceArn is of another Region',
      { ...fromAccount(), ArnLike: { 'AWS:SourceArn': `arn:aws:config:eu-west-1:${recorderAccount}:*` } },
    ],
    [
      'the SourceArn names a channel, which it never does',
      {
        ArnEquals: {
          'AWS:SourceArn': `arn:aws:config:${region}:${recorderAccount}:delivery-channel/default`,
        },
      },
    ],
  ])('as the service principal when %s', async (_, condition) => {
    const { error } = await refused({ role: [], key: [keyUse(service, condition)] });
    expect(error?.message).toBe(cantWrite());
  });

  // spec: CFG-CHANNEL-2
  test('with a role that does not trust it, and tries nothing else', async () => {
    const strangers = policyOf({
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    const { error, roleARN } = await refused({ trust: strangers });
    expect(error).toEqual({
      code: 'InsufficientDeliveryPolicyException',
      message: `Insufficient delivery policy to s3 bucket: config-logs, unable to assume role: ${roleARN}.`,
    });
  });

  test('with a role that trusts it for another account only', async () => {
    const elsewhere = policyOf({
      Effect: 'Allow',
      Principal: service,
      Action: 'sts:AssumeRole',
      Condition: fromAccount('999988887777'),
    });
    const { error } = await refused({ trust: elsewhere });
    expect(error?.message).toContain('unable to assume role');
  });

  test('to a bucket that does not exist', async () => {
    const { error } = await refused({}, { s3BucketName: 'no-such-bucket-here' });
    expect(error?.code).toBe('NoSuchBucketException');
  });

  test('with aws/s3 in another account: nobody can open that key to it', async () => {
    const laidOut = await layOut({
      owner: archiveAccount,
      bucketPolicy: (bucket) => [
        ...bucketUse(bucket),
        ...bucketUse(bucket, { AWS: `arn:aws:iam::${recorderAccount}:role/config` }, {}),
      ],
    });
    const { PutBucketEncryptionCommand } = await import('@aws-sdk/client-s3');
    await laidOut.owner.s3.send(
      new PutBucketEncryptionCommand({
        Bucket: laidOut.bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
      }),
    );
    await expect(putChannel(laidOut)).rejects.toMatchObject({ name: 'InsufficientDeliveryPolicyException' });
    await laidOut.app.close();
  });
});

describe('what changes between two deliveries', () => {
  // spec: CFG-STATUS-2, CFG-STATUS-3
  test('a disabled key stops them, and enabling it lets them go on', async () => {
    const laidOut = await layOut();
    await putChannel(laidOut);
    const first = await deliver(laidOut);
    expect(first.info?.lastStatus).toBe('SUCCESS');

    await laidOut.owner.kms.send(new DisableKeyCommand({ KeyId: laidOut.keyArn }));
    expect((await verdictOf(laidOut)).verdict).toBe('fails');
    const second = await deliver(laidOut);
    expect(second.delivery).toMatchObject({ state: 'refused', deliveredAs: null });
    expect(second.info).toMatchObject({
      lastStatus: 'FAILURE',
      lastErrorCode: 'KMS.DisabledException',
      lastErrorMessage: `An exception occurred while trying to deliver data to your Amazon S3 bucket. ${laidOut.keyArn} is disabled.`,
      lastSuccessfulTime: first.info?.lastSuccessfulTime,
    });

    await laidOut.owner.kms.send(new EnableKeyCommand({ KeyId: laidOut.keyArn }));
    expect((await deliver(laidOut)).info?.lastStatus).toBe('SUCCESS');
    await laidOut.app.close();
  });

  // spec: CFG-STATUS-3
  test('a key policy that loses its statement for the service shows in the status as a refusal of S3', async () => {
    const laidOut = await layOut({ role: [] });
    await putChannel(laidOut);
    expect((await deliver(laidOut)).delivery).toMatchObject({ deliveredAs: 'service-principal' });
    await laidOut.owner.kms.send(
      new PutKeyPolicyCommand({ KeyId: laidOut.keyArn, Policy: policyOf(administration(recorderAccount)) }),
    );
    expect((await deliver(laidOut)).info).toMatchObject({
      lastStatus: 'FAILURE',
      lastErrorCode: 'AccessDenied',
      lastErrorMessage:
        'An exception occurred while trying to deliver data to your Amazon S3 bucket. Access Denied.',
    });
    await laidOut.app.close();
  });

  test('a role that loses its trust ends them: there is no second attempt as the service principal', async () => {
    const laidOut = await layOut();
    await putChannel(laidOut);
    const { UpdateAssumeRolePolicyCommand } = await import('@aws-sdk/client-iam');
    await laidOut.clients.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'config',
        PolicyDocument: trust.replace('config.amazonaws.com', 'ec2.amazonaws.com'),
      }),
    );
    const { delivery, info } = await deliver(laidOut);
    expect(delivery).toMatchObject({ state: 'refused' });
    expect(info).toMatchObject({ lastStatus: 'FAILURE', lastErrorCode: 'AccessDenied' });
    await laidOut.app.close();
  });

  test('a bucket whose ACLs count asks the role for PutObjectAcl as documented, and still delivers', async () => {
    const laidOut = await layOut({ bucketPolicy: noBucketPolicy, key: [] });
    await laidOut.owner.s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket: laidOut.bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      }),
    );
    await putChannel(laidOut);
    expect((await deliver(laidOut)).delivery).toMatchObject({ deliveredAs: 'role' });
    await laidOut.app.close();
  });

  test('a recorder in another Region delivers to the same bucket', async () => {
    const laidOut = await layOut({ recorderRegion: 'eu-west-1' });
    await putChannel(laidOut);
    const { delivery } = await deliver(laidOut);
    expect(delivery?.objectKey).toContain(`/Config/eu-west-1/`);
    expect(delivery).toMatchObject({ state: 'delivered' });
    await laidOut.app.close();
  });
});

describe('a policy that names the session of the role', () => {
  const session = `arn:aws:sts::${recorderAccount}:assumed-role/config/AWSConfig-Describe`;
  const onlyTheSession = (bucket: string) => [
    ...bucketUse(bucket),
    {
      Effect: 'Deny' as const,
      NotPrincipal: { AWS: [session, `arn:aws:iam::${recorderAccount}:role/config`], ...service },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/*/ConfigSnapshot/*`,
    },
  ];
  const notTheSession = (bucket: string) => [
    ...bucketUse(bucket),
    {
      Effect: 'Deny' as const,
      Principal: { AWS: `arn:aws:iam::${recorderAccount}:role/config` },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucket}/*/ConfigSnapshot/*`,
      Condition: { StringLike: { 'aws:userid': '*:SomebodyElse' } },
    },
  ];

  // spec: DLV-SESSION-1
  test.each([
    ['as a principal', onlyTheSession],
    ['by its ID', notTheSession],
  ])(
    '%s is unknown for the role, and AWS Config delivers as the service principal',
    async (_, bucketPolicy) => {
      const laidOut = await layOut({ bucketPolicy });
      await putChannel(laidOut);
      const { delivery } = await deliver(laidOut);
      const { phases, verdict } = await verdictOf(laidOut);
      const [asRole] = phases.find(({ phase }) => phase === 'delivery')?.attempts ?? [];
      expect(asRole).toMatchObject({ identity: 'role', outcome: 'unknown' });
      expect(verdict).toBe('delivers');
      expect(delivery).toMatchObject({ state: 'delivered', deliveredAs: 'service-principal' });
      const answer = await fetch(`${laidOut.app.address.url}/_sealpost/decisions?limit=1000`);
      const { decisions } = (await answer.json()) as { decisions: { operation: string; outcome?: string }[] };
      expect(JSON.stringify(decisions)).toContain('unknown');
      await laidOut.app.close();
    },
  );

  // spec: DLV-SESSION-1
  test('in the trust of the role is unknown, and nothing is tried as the service principal', async () => {
    const named = policyOf({
      Effect: 'Allow',
      Principal: service,
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:RoleSessionName': 'AWSConfig-BucketConfigCheck' } },
    });
    const { error } = await refused({ trust: named });
    expect(error?.message).toContain('unable to assume role');
  });
});
