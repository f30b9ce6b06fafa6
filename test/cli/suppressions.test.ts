import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli, type CliRun } from './test-terminal.ts';

const yamlSetup = [
  "recorder: { account: '111122223333', region: us-east-1, roleARN: arn:aws:iam::111122223333:role/config }",
  'deliveryChannel: { s3BucketName: config-logs }',
  'buckets:',
  '  - name: config-logs',
  "    account: '111122223333'",
  '    policy:',
  '      Statement:',
  '        - Effect: Allow',
  '          Principal: { Service: config.amazonaws.com }',
  '          Action: s3:PutObjectt',
  '          Resource: arn:aws:s3:::config-logs/*',
  'title: "# sealpost-ignore missing-version -- in a text this is no comment"',
];

/** The setup with lines put before those that hold a text, or words put behind them. */
function yaml(
  ...edits: readonly (readonly [at: string, comment: string, where: 'above' | 'beside'])[]
): string {
  return yamlSetup
    .slice(0, -1)
    .flatMap((line) => {
      const edit = edits.find(([at]) => line.includes(at));
      if (edit === undefined) return [line];
      const indentation = /^ */.exec(line)?.[0] ?? '';
      return edit[2] === 'above' ? [`${indentation}${edit[1]}`, line] : [`${line} ${edit[1]}`];
    })
    .join('\n');
}

interface Told {
  readonly code: string;
  readonly line: number | null;
  readonly file: string | null;
}

function findingsOf({ out }: CliRun): readonly Told[] {
  return (JSON.parse(out) as { findings: Told[] }).findings;
}

async function check(text: string, ...args: readonly string[]): Promise<CliRun> {
  return runCli(['check', 's.yaml', '--format', 'json', ...args], { files: { 's.yaml': text } });
}

// spec: LINT-SUPPRESS-1, LINT-SUPPRESS-2, LINT-SUPPRESS-3
describe('a comment in YAML', () => {
  it('tells the findings that it is to suppress in what follows', async () => {
    const codes = findingsOf(await check(yaml())).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['missing-version', 'invalid-action']));
  });

  it('beside a line suppresses what is found on that line', async () => {
    const run = await check(
      yaml(['PutObjectt', '# sealpost-ignore invalid-action -- for a drill', 'beside']),
    );
    expect(findingsOf(run).map(({ code }) => code)).not.toContain('invalid-action');
    expect(findingsOf(run).map(({ code }) => code)).toContain('missing-version');
  });

  it('above an entry suppresses what is found anywhere in it, several codes at once', async () => {
    const comment = '# sealpost-ignore invalid-action, missing-version -- for a drill';
    const run = await check(yaml(['policy:', comment, 'above']));
    const codes = findingsOf(run).map(({ code }) => code);
    expect(codes).not.toContain('invalid-action');
    expect(codes).not.toContain('missing-version');
    expect(codes).not.toContain('unused-suppression');
  });

  it('above another entry suppresses nothing, and is told where it stands', async () => {
    const run = await check(yaml(['deliveryChannel', '# sealpost-ignore invalid-action -- gone', 'above']));
    const codes = findingsOf(run).map(({ code }) => code);
    expect(codes).toContain('invalid-action');
    expect(findingsOf(run)).toContainEqual(
      expect.objectContaining({ code: 'unused-suppression', file: 's.yaml', line: 2 }),
    );
  });

  it.each(['# sealpost-ignore invalid-action', '# sealpost-ignore -- why', '# sealpost-ignore a -- '])(
    'without a code or a reason is at fault: %s',
    async (comment) => {
      const { status, err } = await check(yaml(['PutObjectt', comment, 'beside']));
      expect(status).toBe(2);
      expect(err).toContain('error[ignore-without-reason]');
      expect(err).toContain('--> s.yaml:10:');
    },
  );

  it('in quotes is no comment', async () => {
    const text = yamlSetup
      .slice(0, -1)
      .join('\n')
      .replace('config-logs/*', 'config-logs/*"')
      .replace('Resource: ', 'Resource: "# sealpost-ignore nothing -- ');
    const codes = findingsOf(await check(text)).map(({ code }) => code);
    expect(codes).not.toContain('unused-suppression');
  });

  it('serves lint as it serves check', async () => {
    const policy = 'Statement:\n  - { Effect: Allow, Action: "*", Resource: "*" }\n';
    const lint = async (text: string) =>
      runCli(['lint', 'p.yaml', '--type', 'identity', '--format', 'json'], { files: { 'p.yaml': text } });
    expect(findingsOf(await lint(policy)).map(({ code }) => code)).toContain('missing-version');
    const ignored = `# sealpost-ignore missing-version -- old\n${policy}`;
    expect(findingsOf(await lint(ignored)).map(({ code }) => code)).not.toContain('missing-version');
  });

  it('never changes the verdict', async () => {
    const comment = '# sealpost-ignore no-resource-policy-allow -- we hope so';
    const [plain, ignored] = [await check(yaml()), await check(yaml(['policy:', comment, 'above']))];
    expect(JSON.parse(ignored.out)).toMatchObject({
      verdict: (JSON.parse(plain.out) as { verdict: string }).verdict,
    });
    expect(ignored.status).toBe(plain.status);
  });
});

// spec: LINT-SUPPRESS-3
describe('metadata of a template', () => {
  const template = (metadata: object | null, whole: object | null = null): string =>
    JSON.stringify(
      {
        ...(whole === null ? {} : { Metadata: { sealpost: whole } }),
        Resources: {
          Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'config-logs' } },
          Policy: {
            Type: 'AWS::S3::BucketPolicy',
            ...(metadata === null ? {} : { Metadata: { sealpost: metadata } }),
            Properties: {
              Bucket: 'config-logs',
              PolicyDocument: {
                Statement: [
                  {
                    Effect: 'Allow',
                    Principal: { Service: 'config.amazonaws.com' },
                    Action: 's3:PutObjectt',
                    Resource: 'arn:aws:s3:::config-logs/*',
                  },
                ],
              },
            },
          },
          Recorder: {
            Type: 'AWS::Config::ConfigurationRecorder',
            Properties: { RoleARN: 'arn:aws:iam::111122223333:role/config' },
          },
          Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: 'config-logs' } },
        },
      },
      null,
      2,
    );
  const checked = async (text: string): Promise<CliRun> =>
    runCli(
      [
        'check',
        '--template',
        't.json',
        '--account',
        '111122223333',
        '--region',
        'us-east-1',
        '--format',
        'json',
      ],
      { files: { 't.json': text } },
    );
  const ignore = { ignore: [{ code: 'invalid-action', reason: 'for a drill' }] };

  it('of a resource is about that resource', async () => {
    expect(findingsOf(await checked(template(null))).map(({ code }) => code)).toContain('invalid-action');
    const codes = findingsOf(await checked(template(ignore))).map(({ code }) => code);
    expect(codes).not.toContain('invalid-action');
    expect(codes).not.toContain('unused-suppression');
  });

  it('of the template is about all of it', async () => {
    const codes = findingsOf(await checked(template(null, ignore))).map(({ code }) => code);
    expect(codes).not.toContain('invalid-action');
  });

  it('without a reason is at fault', async () => {
    const { status, err } = await checked(template({ ignore: [{ code: 'invalid-action' }] }));
    expect(status).toBe(2);
    expect(err).toContain('`reason`');
  });
});

// spec: LINT-SUPPRESS-4
describe('a baseline', () => {
  const wrong = 'examples/wrong-account/setup.json';
  const args = ['check', wrong, '--format', 'json', '--fail-on', 'suggestion'];

  it('holds what is found when it is made, and then hides just that', async () => {
    const before = findingsOf(await runCli(args));
    const made = await runCli([...args, '--baseline', 'b.json', '--update-baseline']);
    expect(made.err).toContain('wrote `b.json`');
    const held = JSON.parse(made.written['b.json'] ?? '') as { findings: object[] };
    expect(held.findings).toHaveLength(before.length);
    const after = await runCli([...args, '--baseline', 'b.json'], { files: made.written });
    expect(findingsOf(after)).toEqual([]);
    // The verdict stays what it was.
    expect(after.status).toBe(1);
  });

  it('does not hide a second finding of the same kind', async () => {
    const policy = (count: number): string =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [...Array(count).keys()].map(() => ({
          Effect: 'Allow',
          Action: 's3:GetObjct',
          Resource: 'arn:aws:s3:::a/*',
        })),
      });
    const lint = ['lint', 'p.json', '--type', 'identity', '--format', 'json', '--baseline', 'b.json'];
    const made = await runCli([...lint, '--update-baseline'], { files: { 'p.json': policy(1) } });
    const codesWith = async (count: number): Promise<readonly string[]> =>
      findingsOf(await runCli(lint, { files: { ...made.written, 'p.json': policy(count) } })).map(
        ({ code }) => code,
      );
    expect(await codesWith(1)).toEqual([]);
    expect((await codesWith(2)).filter((code) => code === 'invalid-action')).toHaveLength(1);
  });

  it('is not disturbed by lines that move', async () => {
    const keyFile = 'examples/wrong-account/key-policy.json';
    const lint = ['lint', keyFile, '--format', 'json', '--baseline', 'b.json'];
    const made = await runCli([...lint, '--update-baseline']);
    const moved = readFileSync(keyFile, 'utf8').replace('{', '{\n\n\n');
    expect(findingsOf(await runCli(lint, { files: { ...made.written, [keyFile]: moved } }))).toEqual([]);
  });

  it('tells what is mended, and pruning takes it out and adds nothing', async () => {
    const entry = { code: 'invalid-action', file: 'examples/wrong-account/setup.json', message: 'gone' };
    const other = { code: 'invalid-action', file: 'another/setup.json', message: 'not read here' };
    const files = { 'b.json': JSON.stringify({ schemaVersion: 1, findings: [entry, other] }) };
    const told = findingsOf(await runCli([...args, '--baseline', 'b.json'], { files }));
    expect(told.filter(({ code }) => code === 'unused-suppression')).toHaveLength(1);
    const pruned = await runCli([...args, '--baseline', 'b.json', '--prune-baseline'], { files });
    expect(JSON.parse(pruned.written['b.json'] ?? '')).toEqual({ schemaVersion: 1, findings: [other] });
    expect(findingsOf(pruned).length).toBeGreaterThan(0);
  });

  it('stands in SARIF as suppressed, with its file as the reason', async () => {
    const made = await runCli([...args, '--baseline', 'b.json', '--update-baseline']);
    const { out } = await runCli(['check', wrong, '--format', 'sarif', '--baseline', 'b.json'], {
      files: made.written,
    });
    expect(out).toContain('"justification": "it stands in the baseline b.json"');
  });

  it.each([
    ['that is not there', ['--baseline', 'none.json'], 'there is no such file'],
    ['that is no baseline', ['--baseline', 'bad.json'], '`finding` is not a member'],
    ['that is not named', ['--update-baseline'], '`--update-baseline` stands without `--baseline`'],
  ])('%s is said in a sentence', async (_, more, message) => {
    const { status, err } = await runCli([...args, ...more], {
      files: { 'bad.json': '{ "schemaVersion": 1, "finding": [] }' },
    });
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});
