import { describe, expect, it } from 'vitest';
import { runCli } from './test-terminal.ts';

const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const delivery = [
  '--account',
  '111122223333',
  '--region',
  'us-east-1',
  '--bucket',
  'config-logs',
  '--key',
  key,
];
const sample = JSON.stringify({
  Id: 'Policy_ID',
  Statement: [
    {
      Sid: 'AWSConfigKMSPolicy',
      Effect: 'Allow',
      Principal: { AWS: ['account-id1', 'account-id2'] },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*myKMSKeyARN*',
    },
  ],
});

describe('sealpost policy', () => {
  it.each(['key', 'bucket', 'all'])('for the service principal makes the golden %s policy', async (kind) => {
    const { status, out } = await runCli(['policy', kind, ...delivery]);
    expect(status).toBe(0);
    await expect(out).toMatchFileSnapshot(`../golden/policy-${kind}.json`);
  });

  it('makes all five for both identities', async () => {
    const { out } = await runCli(['policy', 'all', '--for', 'both', '--role', 'config', ...delivery]);
    const policies = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(policies)).toEqual(['key', 'bucket', 'role', 'trust', 'topic']);
    expect(policies['topic']).toBeNull();
  });

  it('keeps the other statements of an existing policy and replaces its own', async () => {
    const existing = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Admins',
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 'kms:*',
          Resource: '*',
        },
        { Sid: 'AWSConfigUsesKey', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
      ],
    };
    const { out } = await runCli(['policy', 'key', ...delivery, '--into', 'key.json'], {
      files: { 'key.json': JSON.stringify(existing) },
    });
    const merged = JSON.parse(out) as typeof existing;
    expect(merged.Statement.map(({ Sid }) => Sid)).toEqual(['Admins', 'AWSConfigUsesKey']);
    expect(merged.Statement[1]?.Principal).toEqual({ Service: 'config.amazonaws.com' });
  });

  it("fills the placeholders of AWS's sample, asterisks included", async () => {
    const { status, out } = await runCli(
      [
        'policy',
        'key',
        '--from',
        '-',
        '--set',
        'account-id1=111122223333',
        '--set',
        'account-id2=444455556666',
      ].concat(['--set', `myKMSKeyARN=${key}`]),
      { files: { '-': sample } },
    );
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      Statement: [{ Principal: { AWS: ['111122223333', '444455556666'] }, Resource: key }],
    });
  });

  it.each([
    ['a placeholder is left', ['--from', '-', '--set', 'account-id1=111122223333'], 'is still a placeholder'],
    ['a placeholder is not there', ['--from', '-', '--set', 'myTopicARN=x'], 'stands nowhere in the sample'],
    ['no account is named', ['--key', key], 'no account is named'],
    ['the key is missing', ['--account', '111122223333'], 'needs `--key`'],
    ['an account is none', ['--account', '1234', '--key', key], '`--account` is `1234`'],
    ['the role is missing', ['--for', 'role', ...delivery], 'needs to know the role'],
    [
      'the key is any key',
      ['--account', '111122223333', '--key', 'arn:aws:kms:us-east-1:111122223333:key/*'],
      '`--key` is',
    ],
    [
      'the topic is any topic',
      [...delivery, '--topic', 'arn:aws:sns:us-east-1:111122223333:*'],
      '`--topic` is',
    ],
    [
      'the bucket has a wildcard',
      ['--account', '111122223333', '--key', key, '--bucket', 'config-*'],
      '`--bucket` is',
    ],
    [
      'the prefix has a wildcard',
      ['--account', '111122223333', '--key', key, '--prefix', 'a*'],
      '`--prefix` is',
    ],
    [
      'the prefix has a variable',
      ['--account', '111122223333', '--key', key, '--prefix', '${aws:PrincipalTag/a}'],
      '`--prefix` is',
    ],
    ['the role has a wildcard', ['--for', 'role', ...delivery, '--role', 'config*'], '`--role` is'],
    [
      'the role is the whole account',
      ['--for', 'role', ...delivery, '--role', 'arn:aws:iam::111122223333:root'],
      '`--role` is',
    ],
    ['the organization has a wildcard', ['--organization', 'o-*', '--key', key], '`--organization` is'],
  ])('says so where %s', async (_, args, message) => {
    const { status, err } = await runCli(['policy', 'key', ...args], { files: { '-': sample } });
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  it.each(['terraform', 'cloudformation'])(
    'prints the resources that carry the policies, for %s',
    async (format) => {
      const args = [
        'policy',
        'all',
        '--for',
        'both',
        '--role',
        'service/config',
        ...delivery,
        '--format',
        format,
      ];
      const { status, out } = await runCli(args);
      expect(status).toBe(0);
      await expect(out).toMatchFileSnapshot(`../golden/policy-all.${format}`);
    },
  );

  it('edits an existing policy in its own text: comments, order and layout stay', async () => {
    const existing = [
      '# the key of the archive',
      'Version: "2012-10-17"',
      'Statement:',
      '  - Sid: Admins   # of the platform',
      '    Effect: Allow',
      '    Principal: { AWS: "arn:aws:iam::111122223333:root" }',
      '    Action: kms:*',
      "    Resource: '*'",
      '',
    ].join('\n');
    const { out } = await runCli(['policy', 'key', ...delivery, '--into', 'key.yaml'], {
      files: { 'key.yaml': existing },
    });
    expect(out.startsWith(existing)).toBe(true);
    expect(out).toContain('  - Sid: AWSConfigUsesKey');
  });

  it('lets in the roles of an organization by its ID and their name', async () => {
    const { out } = await runCli([
      'policy',
      'key',
      '--for',
      'role',
      '--role',
      'config',
      '--organization',
      'o-exampleorgid',
      '--key',
      key,
    ]);
    expect(JSON.parse(out)).toMatchObject({
      Statement: [
        {},
        {
          Principal: { AWS: '*' },
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/config' },
          },
        },
      ],
    });
  });
});
