import { describe, expect, it } from 'vitest';
import type { CliInput } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { lintCommand } from './lint.ts';

const seedKeyPolicy = `{
  "Id": "Policy_ID",
  "Statement": [
    {
      "Sid": "AWSConfigKMSPolicy",
      "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
      "Effect": "Allow",
      "Resource": "*myKMSKeyARN*",
      "Principal": { "AWS": ["account-id1", "account-id2"] }
    }
  ]
}
`;

const cleanPolicy = `{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::config-logs/*" }
}
`;

describe('sealpost lint', () => {
  it("tells the placeholders of the commissioning document's sample, with file, line and column", async () => {
    const { status, findings } = await lintJson({ 'key.json': seedKeyPolicy });
    expect(status).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'placeholder-not-substituted',
        file: 'key.json',
        pointer: '/Statement/0/Resource',
        line: 8,
        column: 19,
      }),
    );
    expect(findings.filter(({ code }) => code === 'aws-would-refuse').map(({ pointer }) => pointer)).toEqual([
      '',
      '/Statement/0/Principal/AWS/0',
      '/Statement/0/Principal/AWS/1',
    ]);
  });

  it('has nothing to say of a clean policy, and ends with a line that says so', async () => {
    const run = await lint({ 'role.json': cleanPolicy });
    expect(run).toEqual({ status: 0, out: 'no findings\n', err: '', files: { 'role.json': cleanPolicy } });
  });

  it('fails from the severity on that it is told', async () => {
    const policy = cleanPolicy.replace('"Version": "2012-10-17",', '');
    expect((await lint({ 'role.json': policy })).status).toBe(0);
    expect((await lint({ 'role.json': policy }, { 'fail-on': 'warning' })).status).toBe(1);
    expect((await lint({ 'role.json': policy }, { 'fail-on': 'security-warning' })).status).toBe(0);
  });

  it('mends what is safe in the text as it was written', async () => {
    const policy = `{
    "Statement": [
        { "Sid": "", "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "*" }
    ]
}
`;
    const { files, err } = await lint({ 'role.json': policy }, { fix: true });
    expect(files['role.json']).toBe(`{
    "Version": "2012-10-17",
    "Statement": [
        { "Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*" }
    ]
}
`);
    expect(err).toBe(
      'role.json: fixed 3: add Version 2012-10-17; remove the empty Sid; remove `s3:GetObject`\n',
    );
  });

  // spec: LINT-FIX-1
  it('mends YAML too, and leaves its comments', async () => {
    const policy = `# who may read
Statement:
  - Sid: ""
    Effect: Allow
    Action:
      - s3:Get* # all of them
      - s3:GetObject
      - s3:ListBucket
    Resource: "*"
    Condition: {}
`;
    const mended = `# who may read
Version: "2012-10-17"
Statement:
  - Effect: Allow
    Action:
      - s3:Get* # all of them
      - s3:ListBucket
    Resource: "*"
`;
    const { files } = await lint({ 'role.yaml': policy }, { fix: true });
    expect(files['role.yaml']).toBe(mended);
    expect((await lint(files, { fix: true })).files['role.yaml']).toBe(mended);
  });

  it('leaves a policy alone that uses variables without Version: that is for its owner to say', async () => {
    const policy =
      '{ "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/${aws:username}" } }';
    expect((await lint({ 'role.json': policy }, { fix: true })).files['role.json']).toBe(policy);
  });

  it('refuses what is no policy with every fault, and exit status 2', async () => {
    const { status, out, err } = await lint({
      'role.json': '{ "Statement": { "Effect": "allow", "Actions": "s3:*" } }',
    });
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('unknown-effect');
    expect(err).toContain('unknown-member');
  });

  it('says which file it could not read', async () => {
    await expect(lint({}, {}, ['none.json'])).rejects.toThrow(
      "`none.json` can't be read: there is no such file",
    );
  });

  // spec: LINT-SUPPRESS-1, LINT-SUPPRESS-2
  it('leaves out what the settings suppress, and tells a suppression that matches nothing', async () => {
    const settings = JSON.stringify({
      suppressions: [
        { code: 'missing-version', path: '*.json', reason: 'an old system writes it' },
        { code: 'invalid-action', reason: 'none any more' },
      ],
    });
    const { findings } = await lintJson(
      { 'role.json': cleanPolicy.replace('"Version": "2012-10-17",', ''), 'sealpost.config.json': settings },
      {},
      ['role.json'],
    );
    expect(findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unused-suppression', '/suppressions/1'],
    ]);
  });

  it('wants a reason for a suppression', async () => {
    const settings = JSON.stringify({ suppressions: [{ code: 'missing-version' }] });
    const { status, err } = await lint({ 'role.json': cleanPolicy, 'sealpost.config.json': settings }, {}, [
      'role.json',
    ]);
    expect(status).toBe(2);
    expect(err).toContain('`reason`');
  });

  it('reads a setup document and places findings in the files of its policies', async () => {
    const setup = JSON.stringify({
      keys: [
        {
          arn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
          policy: 'key.json',
        },
      ],
    });
    const { findings } = await lintJson({ 'setup.json': setup, 'key.json': seedKeyPolicy }, {}, [
      'setup.json',
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'placeholder-not-substituted',
        source: 'keys[0].policy',
        file: 'key.json',
        line: 8,
      }),
    );
  });

  it('tells the faults of a policy once that is named by itself and by a setup, and mends it in its own file', async () => {
    const setup = JSON.stringify({
      keys: [
        {
          arn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
          policy: 'key.json',
        },
      ],
    });
    const files = { 'setup.json': setup, 'key.json': seedKeyPolicy };
    const { findings } = await lintJson(files);
    expect(findings.filter(({ code }) => code === 'missing-version')).toHaveLength(1);
    const mended = await lint(files, { fix: true }, ['setup.json']);
    expect(mended.files['key.json']).toBe(seedKeyPolicy.replace('{\n', '{\n  "Version": "2012-10-17",\n'));
    expect(mended.files['setup.json']).toBe(setup);
  });

  // spec: SETUP-READ-3
  it('reads each setup of a document that holds several, and mends the policies that stand in it', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const policy = { Statement: (JSON.parse(seedKeyPolicy) as { Statement: unknown }).Statement };
    const clean = { Version: '2012-10-17', ...policy };
    const setups = (second: object) =>
      JSON.stringify([
        { keys: [{ arn: keyArn, policy: clean }] },
        { keys: [{ arn: keyArn, policy: second }] },
      ]);
    const files = { 'setups.json': setups(policy) };
    const { findings } = await lintJson(files);
    expect(findings.filter(({ code }) => code === 'missing-version')).toHaveLength(1);
    const mended = await lint(files, { fix: true });
    expect(JSON.parse(mended.files['setups.json'] ?? '')).toEqual(JSON.parse(setups(clean)));
  });
});

type Options = Readonly<Record<string, string | true>>;

interface JsonFinding {
  readonly code: string;
  readonly pointer: string;
}

async function lintJson(
  files: Readonly<Record<string, string>>,
  options: Options = {},
  named?: readonly string[],
) {
  const { status, out } = await lint(files, { ...options, format: 'json' }, named);
  const report = JSON.parse(out) as { schemaVersion: number; findings: JsonFinding[] };
  expect(report.schemaVersion).toBe(1);
  return { status, findings: report.findings };
}

async function lint(
  given: Readonly<Record<string, string>>,
  options: Options = {},
  named: readonly string[] = Object.keys(given),
) {
  const files: Record<string, string> = { ...given };
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    hasColours: false,
    errHasColours: false,
    env: {},
    nowMillis: () => Date.UTC(2026, 10, 25),
    readText: async (path) => {
      const name = path.replace(`${process.cwd()}/`, '');
      const text = files[name];
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return text;
    },
    appendText: () => Promise.resolve(),
    isScreen: false,
    fileMark: () => Promise.resolve(null),
    pause: () => Promise.resolve('ended'),
    writeText: async (path, text) => void (files[path] = text),
  };
  const input: CliInput = {
    arguments: named,
    text: (option) => (typeof options[option] === 'string' ? options[option] : null),
    texts: () => [],
    has: (option) => options[option] === true,
  };
  const status = await lintCommand.run(input, terminal);
  return { status, out, err, files };
}
