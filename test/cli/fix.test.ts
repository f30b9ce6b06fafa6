import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from './test-terminal.ts';

const wrongAccount = 'examples/wrong-account/setup.json';
const keyFile = 'examples/wrong-account/key-policy.json';

describe('sealpost check --fix', () => {
  it('shows the smallest change as a difference of the file it stands in', async () => {
    const { status, out } = await runCli(['check', wrongAccount, '--fix']);
    expect(status).toBe(1);
    expect(out).toContain(`--- a/${keyFile}`);
    expect(out).toContain('-          "AWS:SourceAccount": "999999999999"');
    expect(out).toContain('+          "AWS:SourceAccount": ["999999999999", "111122223333"]');
  });

  it('shows no fix to people who did not ask, and to programs always', async () => {
    expect((await runCli(['check', wrongAccount])).out).not.toContain('+++ b/');
    const report = JSON.parse((await runCli(['check', wrongAccount, '--format', 'json'])).out) as {
      fix: { verified: boolean; changes: { target: string }[] };
    };
    expect(report.fix.verified).toBe(true);
    expect(report.fix.changes.map(({ target }) => target)).toEqual(['keys[0].policy']);
  });

  it('with --write makes the change and nothing else, and then it delivers', async () => {
    const { status, err, written } = await runCli(['check', wrongAccount, '--fix', '--write']);
    expect(status).toBe(0);
    expect(err).toContain(`fixed \`${keyFile}\``);
    expect(err).toContain('the report is of before; with this AWS Config delivers');
    expect(Object.keys(written)).toEqual([keyFile]);
    const changed = (written[keyFile] ?? '').split('\n');
    const old = readFileSync(keyFile, 'utf8').split('\n');
    expect(changed.filter((line, i) => line !== old[i])).toHaveLength(1);
    expect((await runCli(['check', wrongAccount], { files: written })).status).toBe(0);
  });

  it('keeps the comments of a setup in YAML', async () => {
    const text = [
      '# our archive',
      'organization: null',
      "recorder: { account: '111122223333', region: us-east-1, roleARN: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig }",
      'deliveryChannel: { s3BucketName: config-logs }',
      'buckets:',
      '  - name: config-logs',
      "    account: '111122223333' # ours",
      '    policy:',
      '      Version: "2012-10-17"',
      '      Statement:',
      '        - Sid: Write   # by AWS Config',
      '          Effect: Allow',
      '          Principal: { Service: config.amazonaws.com }',
      '          Action: s3:PutObject   # one',
      '          Resource: arn:aws:s3:::config-logs/AWSLogs/111122223333/Config/* # all of it',
      '# the end',
      '',
    ].join('\n');
    const { status, written } = await runCli(['check', 'a.yaml', '--fix', '--write'], {
      files: { 'a.yaml': text },
    });
    expect(status).toBe(0);
    expect(written['a.yaml']).toMatchInlineSnapshot(`
      "# our archive
      organization: null
      recorder: { account: '111122223333', region: us-east-1, roleARN: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig }
      deliveryChannel: { s3BucketName: config-logs }
      buckets:
        - name: config-logs
          account: '111122223333' # ours
          policy:
            Version: "2012-10-17"
            Statement:
              - Sid: Write   # by AWS Config
                Effect: Allow
                Principal: { Service: config.amazonaws.com }
                Action: s3:PutObject   # one
                Resource: arn:aws:s3:::config-logs/AWSLogs/111122223333/Config/* # all of it
              - Sid: AWSConfigReadsBucket
                Effect: Allow
                Principal:
                  Service: config.amazonaws.com
                Action: s3:GetBucketAcl
                Resource: arn:aws:s3:::config-logs
                Condition:
                  StringEquals:
                    aws:SourceAccount: "111122223333"
                  ArnLike:
                    aws:SourceArn: arn:aws:config:us-east-1:111122223333:*
      # the end
      "
    `);
  });

  const fixOf = (out: string): string =>
    out.slice(out.indexOf('fix: '), out.indexOf('\n\n', out.indexOf('fix: ')));

  it('of a plan is the statement to paste, in the language of Terraform', async () => {
    const plan = 'cases/inputs/plans/new-wrong-account.json';
    const { out } = await runCli(['check', '--terraform-plan', plan, '--fix']);
    expect(fixOf(out)).toMatchInlineSnapshot(`
      "fix: in \`Config\` of the key policy (aws_kms_key.config), add \`111122223333\` to aws:SourceAccount
        --> among the statements of aws_kms_key.config, in place of one with the same Sid (in \`jsonencode\`):
        + {
        +   Sid = "Config"
        +   Effect = "Allow"
        +   Principal = {
        +     Service = "config.amazonaws.com"
        +   }
        +   Action = [
        +     "kms:Decrypt",
        +     "kms:GenerateDataKey",
        +   ]
        +   Resource = "*"
        +   Condition = {
        +     StringEquals = {
        +       "aws:SourceAccount" = [
        +         "999988887777",
        +         "111122223333",
        +       ]
        +     }
        +   }
        + },"
    `);
  });

  it('stands in a comment for a pull request as a difference', async () => {
    const { out } = await runCli(['check', wrongAccount, '--fix', '--format', 'markdown']);
    expect(out).toContain('**Fix**: in `AWSConfigKMSPolicy` of the key policy');
    expect(out).toMatch(
      /^```diff\n--- a\/[^`]*\n\+ {10}"AWS:SourceAccount": \["999999999999", "111122223333"\]/m,
    );
    expect((await runCli(['check', wrongAccount, '--format', 'markdown'])).out).not.toContain('**Fix**');
  });

  it('of a template is the statement to paste, in YAML', async () => {
    const template = 'cases/inputs/templates/service-linked.yaml';
    const args = ['--template', template, '--account', '111122223333', '--region', 'us-east-1'];
    const { out } = await runCli(['check', ...args, '--assume-prefix', 'audit', '--fix']);
    expect(fixOf(out)).toMatchInlineSnapshot(`
      "fix: in \`Write\` of the bucket policy (BucketPolicy), add \`arn:aws:s3:::stack-bucket-e34e35574d1e/audit/AWSLogs/111122223333/Config/*\` to Resource
        --> among the statements of BucketPolicy, in place of one with the same Sid:
        + - Sid: Write
        +   Effect: Allow
        +   Principal:
        +     Service: config.amazonaws.com
        +   Action: s3:PutObject
        +   Resource:
        +     - arn:aws:s3:::stack-bucket-e34e35574d1e/AWSLogs/111122223333/Config/*
        +     - arn:aws:s3:::stack-bucket-e34e35574d1e/audit/AWSLogs/111122223333/Config/*
        +   Condition:
        +     StringEquals:
        +       s3:x-amz-acl: bucket-owner-full-control
        +       aws:SourceAccount: "111122223333"
        stack-bucket-e34e35574d1e stands for what is not made yet: refer to that instead"
    `);
  });

  it('of a key with the default key policy is the whole policy, or the account would lose its key', async () => {
    const plan = 'cases/inputs/plans/new-default-key-policy.json';
    const { out } = await runCli(['check', '--terraform-plan', plan, '--fix', '--format', 'json']);
    const { fix } = JSON.parse(out) as {
      fix: { changes: { paste: { text: string; standsFor: object[] } }[] };
    };
    const [change] = fix.changes;
    expect(change?.paste.text).toContain('Action = "kms:*"');
    expect(change?.paste.text).toContain('Sid = "AWSConfigUsesKey"');
    expect(change?.paste.standsFor).toEqual([{ value: expect.stringContaining(':key/'), source: 'keys[0]' }]);
  });

  it('of a plan is not written, and says what to do instead', async () => {
    const plan = 'cases/inputs/plans/new-wrong-account.json';
    const { status, err } = await runCli(['check', '--terraform-plan', plan, '--fix', '--write']);
    expect(status).toBe(2);
    expect(err).toContain(
      '`--write` does not change what `cases/inputs/plans/new-wrong-account.json` is made of',
    );
    expect(err).toContain('paste what `--fix` shows');
  });

  it('says who has to act where no policy helps', async () => {
    const setup = JSON.stringify({
      organization: null,
      recorder: {
        account: '111122223333',
        region: 'us-east-1',
        roleARN:
          'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      },
      deliveryChannel: { s3BucketName: 'config-logs' },
      buckets: [
        {
          name: 'config-logs',
          account: '111122223333',
          policy: null,
          objectLock: { defaultRetention: true },
        },
      ],
    });
    const { out } = await runCli(['check', '-', '--fix'], { files: { '-': setup } });
    expect(out).toContain('no edit of the policies mends this');
    expect(out).toContain('buckets[0]: up to the account 111122223333');
  });

  it.each([
    ['--write', [wrongAccount, '--write'], '`--write` stands without `--fix`'],
    ['--for', [wrongAccount, '--for', 'role'], '`--for` stands without `--fix`'],
    ['standard input', ['-', '--fix', '--write'], 'has no file to write to'],
  ])('refuses %s where it makes no sense', async (_, args, message) => {
    const { status, err } = await runCli(['check', ...args], { files: { '-': '{}' } });
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});
