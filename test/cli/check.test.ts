import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from './test-terminal.ts';

const delivers = 'examples/service-linked-role/setup.json';
const fails = 'examples/wrong-account/setup.json';
const unknown = 'examples/asterisks-left/setup.json';
const setup = JSON.parse(readFileSync(delivers, 'utf8')) as Record<string, unknown>;
const bucketPolicy = 'examples/service-linked-role/bucket-policy.json';
const keyPolicy = 'examples/service-linked-role/key-policy.json';

/** A policy file's content in place of its path. */
function policyIn(member: unknown, folder: string): unknown {
  return typeof member === 'string' && member.endsWith('.json')
    ? JSON.parse(readFileSync(`${folder}/${member}`, 'utf8'))
    : member;
}

describe('the exit status of sealpost check', () => {
  it.each([
    ['0 where it delivers', [delivers], 0],
    ['1 where it fails', [fails], 1],
    ['3 where it is unknown', [unknown], 3],
    ['0 where it is unknown and that is allowed', [unknown, '--allow-unknown'], 0],
    ['2 where a setup cannot be read', ['no-such-file.json'], 2],
    ['1 where one of several fails and another is unknown', [unknown, fails, delivers], 1],
    ['2 where one of several cannot be read', [fails, 'no-such-file.json'], 2],
    ['3 where one of several is unknown', [delivers, unknown], 3],
    ['the verdict where findings do not count', [delivers], 0],
    ['1 where a finding is grave enough', [delivers, '--fail-on', 'warning'], 1],
    ['the verdict where no finding is grave enough', [delivers, '--fail-on', 'error'], 0],
    [
      '1 where a finding is grave enough and unknown is allowed',
      [unknown, '--allow-unknown', '--fail-on', 'error'],
      1,
    ],
    ['2 without a setup', [], 2],
    ['2 for an option that does not exist', [delivers, '--fromat', 'json'], 2],
    ['2 for a format that does not exist', [delivers, '--format', 'xml'], 2],
    ['2 for a severity that does not exist', [delivers, '--fail-on', 'fatal'], 2],
  ])('is %s', async (_, args, status) => {
    expect((await runCli(['check', ...args])).status).toBe(status);
  });
});

describe('the JSON of sealpost check', () => {
  it('is one report for one setup', async () => {
    const { out } = await runCli(['check', fails, '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, verdict: 'fails', deliveredAs: null });
  });

  it('is an array in the order given for several, with the errors of what could not be judged', async () => {
    const { out } = await runCli(['check', delivers, 'no-such-file.json', fails, '--format', 'json']);
    const reports = JSON.parse(out) as { verdict: string | null; errors?: unknown[] }[];
    expect(reports.map(({ verdict }) => verdict)).toEqual(['delivers', null, 'fails']);
    expect(reports[1]).toMatchObject({
      schemaVersion: 1,
      errors: [{ code: 'file-not-readable', file: 'no-such-file.json', line: null, column: null }],
    });
  });

  // spec: SETUP-READ-3
  it.each(['setups.json', '-'])(
    'is an array for an array of setups in %s, as export prints it',
    async (name) => {
      const failing = JSON.parse(readFileSync(fails, 'utf8')) as Record<string, unknown>;
      const inline = (value: Record<string, unknown>, folder: string): unknown =>
        JSON.parse(JSON.stringify(value, (_, member: unknown) => policyIn(member, folder)));
      const files = {
        [name]: JSON.stringify([
          inline(setup, 'examples/service-linked-role'),
          inline(failing, 'examples/wrong-account'),
        ]),
      };
      const { status, out } = await runCli(['check', name, '--format', 'json'], { files });
      const reports = JSON.parse(out) as { verdict: string | null }[];
      expect(reports.map(({ verdict }) => verdict)).toEqual(['delivers', 'fails']);
      expect(status).toBe(1);
      const told = await runCli(['check', name], { files });
      expect(told.out).toContain(`${name} [1]`);
    },
  );

  it('shows with --explain every statement that was compared for each step', async () => {
    interface Node {
      readonly kind: string;
      readonly children: readonly Node[];
    }
    const { out } = await runCli(['check', fails, '--format', 'json', '--explain']);
    const { phases } = JSON.parse(out) as {
      phases: { attempts: { steps: { outcome: string; explanation: Node & { text: string } }[] }[] }[];
    };
    const steps = phases.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.steps));
    const kindsIn = ({ kind, children }: Node): readonly string[] => [kind, ...children.flatMap(kindsIn)];
    for (const { outcome, explanation } of steps) {
      expect(explanation.text.startsWith(outcome)).toBe(true);
      expect(kindsIn(explanation)).toContain('layer');
    }
    const kinds = new Set(steps.flatMap(({ explanation }) => kindsIn(explanation)));
    expect([...kinds].sort()).toEqual(['decision', 'element', 'layer', 'policy', 'statement']);
  });

  it('has the members of the contract and no others', async () => {
    const { out } = await runCli(['check', fails, '--format', 'json']);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual([
      'schemaVersion',
      'verdict',
      'deliveredAs',
      'assumed',
      'phases',
      'findings',
      'fix',
    ]);
    const [phase] = report['phases'] as Record<string, unknown>[];
    expect(Object.keys(phase ?? {})).toEqual(['phase', 'outcome', 'deliveredAs', 'attempts']);
    const [attempt] = phase?.['attempts'] as Record<string, unknown>[];
    expect(Object.keys(attempt ?? {})).toEqual(['identity', 'principal', 'made', 'outcome', 'steps']);
    const [step] = attempt?.['steps'] as Record<string, unknown>[];
    expect(Object.keys(step ?? {})).toEqual([
      'action',
      'resource',
      'required',
      'outcome',
      'reason',
      'message',
      'statements',
      'unknown',
    ]);
  });

  it('says where the statement at fault stands in its own file', async () => {
    const { out } = await runCli(['check', fails, '--format', 'json']);
    expect(out).toContain('"file": "examples/wrong-account/key-policy.json"');
    expect(JSON.parse(out)).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({
          code: 'source-account-not-the-recorder',
          file: 'examples/wrong-account/key-policy.json',
          line: 17,
        }),
      ]),
    });
  });
});

describe('what sealpost check reads', () => {
  it('may be standard input', async () => {
    const text = JSON.stringify({ ...setup, buckets: [], keys: [] });
    const { status, out } = await runCli(['check', '-'], { files: { '-': text } });
    expect(status).toBe(3);
    expect(out).toContain('unknown  -:');
  });

  it('may be two policies and a few names', async () => {
    const { status, out } = await runCli([
      ...['check', '--account', '111122223333', '--region', 'us-east-1', '--role', 'service-linked'],
      ...['--bucket', 'config-logs', '--bucket-policy', bucketPolicy, '--key-policy', keyPolicy],
      ...['--key', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
    ]);
    expect(out).toContain('AWS Config delivers as the service principal');
    expect(out).toContain("assumed: the bucket is in the recorder's account, 111122223333");
    expect(status).toBe(0);
  });

  it('is either a setup or names, not both', async () => {
    const { status, err } = await runCli(['check', delivers, '--prefix', 'audit']);
    expect(status).toBe(2);
    expect(err).toContain('`--prefix` stands beside a setup');
    expect(err).toContain('--assume-prefix');
  });

  it('is told with line and caret where it is no setup', async () => {
    const { status, err } = await runCli(['check', 'a.json'], {
      files: { 'a.json': '{\n  "recorder": { "acount": "111122223333" }\n}' },
    });
    expect(status).toBe(2);
    expect(err).toContain('error[unknown-member]: `acount` is not a member of');
    expect(err).toContain('--> a.json:2:');
    expect(err).toMatch(/\n +\| +\^+/);
    expect(err).toContain('= next: ');
  });

  it('needs a recorder and a delivery channel', async () => {
    const { status, err } = await runCli(['check', 'a.json'], { files: { 'a.json': '{}' } });
    expect(status).toBe(2);
    expect(err).toContain('the setup has no `recorder`');
    expect(err).toContain('the setup has no `deliveryChannel`');
  });
});

describe('what if', () => {
  it('the recorder were moved to the service-linked role', async () => {
    const { status, out } = await runCli([
      'check',
      'examples/role/setup.yaml',
      '--assume-role-arn',
      'service-linked',
    ]);
    expect(status).toBe(1);
    expect(out).toContain("what if: the recorder's role is service-linked");
  });

  it('the channel had a prefix that the bucket policy forgets', async () => {
    const { status } = await runCli(['check', delivers, '--assume-prefix', 'audit']);
    expect(status).toBe(1);
  });

  it('takes no account that is none', async () => {
    const { status, err } = await runCli(['check', delivers, '--assume-account', '1234']);
    expect(status).toBe(2);
    expect(err).toContain('`--assume-account 1234` is not a twelve-digit account ID');
  });
});

describe('the output of sealpost check', () => {
  it('goes into files as well, without colours', async () => {
    const { written, out } = await runCli(
      ['check', fails, '--output', 'json=a.json', '--output', 'text=b.txt'],
      {
        hasColours: true,
      },
    );
    expect(out).toContain('\u001b[31m');
    expect(JSON.parse(written['a.json'] ?? '')).toMatchObject({ verdict: 'fails' });
    expect(written['b.txt']).toContain('AWS Config does not deliver');
    expect(written['b.txt']).not.toContain('\u001b[');
  });

  it('explains every layer when asked', async () => {
    const { out } = await runCli(['check', fails, '--explain']);
    expect(out).toContain('delivery as service-principal (config.amazonaws.com)');
    expect(out).toContain('the resource policy: does not allow it');
  });

  it.each(globSync('examples/*/setup.*'))('for %s is the golden one', async (path) => {
    const name = path.split('/')[1] ?? '';
    const { out, err } = await runCli(['check', path]);
    expect(err).toBe('');
    await expect(out).toMatchFileSnapshot(`../golden/check-${name}.txt`);
  });

  it.each(['json', 'sarif', 'junit', 'github', 'markdown'])('as %s is the golden one', async (format) => {
    const files = { 'no-setup.json': '{ "recoder": {} }' };
    const { out, err } = await runCli(
      ['check', delivers, fails, unknown, 'no-setup.json', '--format', format],
      { files },
    );
    expect(err).toBe('');
    await expect(out).toMatchFileSnapshot(`../golden/check.${format}`);
  });

  it('for several setups ends with their count', async () => {
    const { out } = await runCli(['check', delivers, fails, unknown]);
    expect(out.trimEnd().split('\n').at(-1)).toBe('3 setups: 1 delivers, 1 fails, 1 unknown');
  });
});

// spec: LINT-SUPPRESS-1, LINT-SUPPRESS-2
describe('the settings of a project in sealpost check', () => {
  const findingsOf = (out: string) =>
    (JSON.parse(out) as { findings: { code: string; source: string; file: string | null }[] }).findings;
  const run = async (suppressions: readonly object[], ...args: readonly string[]) => {
    const files = { 'project.json': JSON.stringify({ suppressions }) };
    return runCli(['check', ...args, '--config', 'project.json', '--format', 'json'], { files });
  };

  it('take out what they suppress: it counts for no severity any more', async () => {
    const before = findingsOf((await runCli(['check', delivers, '--format', 'json'])).out);
    expect(before.length).toBeGreaterThan(0);
    const suppressions = before.map(({ code, source }) => ({ code, source, reason: 'known' }));
    const { out, status } = await run(suppressions, delivers, '--fail-on', 'suggestion');
    expect(findingsOf(out)).toEqual([]);
    expect(status).toBe(0);
  });

  it('are told where nothing needs them, once, unless they are about a file that was not read', async () => {
    const suppressions = [
      { code: 'no-such-code', reason: 'was true once' },
      { code: 'no-such-code', path: 'other/*', reason: 'for another setup' },
      { code: 'no-such-code', path: 'examples/service-linked-role/*', reason: 'for this one' },
    ];
    const { out, status } = await run(suppressions, delivers, '--fail-on', 'warning');
    const unused = findingsOf(out).filter(({ code }) => code === 'unused-suppression');
    expect(unused).toMatchObject([
      { file: 'project.json', pointer: '/suppressions/0' },
      { file: 'project.json', pointer: '/suppressions/2' },
    ]);
    expect(status).toBe(1);
  });

  it('can be left aside, and stop the check where they are at fault', async () => {
    const files = { 'sealpost.config.json': '{ "supressions": [] }' };
    const args = ['check', delivers, '--config', 'sealpost.config.json'];
    const faulty = await runCli(args, { files });
    expect(faulty.status).toBe(2);
    expect(faulty.err).toContain('suppressions');
    expect((await runCli(['check', delivers, '--ignore-config'], { files })).status).toBe(0);
  });
});

describe('findings about policies in sealpost check', () => {
  it('count the characters of a policy as its file has them, and know the actions of every service', async () => {
    const keys = JSON.parse(readFileSync(keyPolicy, 'utf8')) as { Statement: Record<string, unknown>[] };
    keys.Statement.push({
      Sid: 'Misspelt',
      Effect: 'Allow',
      Principal: { AWS: '111122223333' },
      Action: 'dynamodb:GetItemm',
      Resource: '*',
    });
    const files = {
      'setup.json': JSON.stringify({
        ...setup,
        buckets: JSON.parse(
          JSON.stringify(setup['buckets']).replace('bucket-policy.json', bucketPolicy),
        ) as unknown,
        keys: JSON.parse(JSON.stringify(setup['keys']).replace('key-policy.json', 'key.json')) as unknown,
      }),
      'key.json': JSON.stringify(keys, null, 2) + ' '.repeat(33_000),
    };
    const { out } = await runCli(['check', 'setup.json', '--format', 'json'], { files });
    const { findings } = JSON.parse(out) as { findings: { code: string; pointer: string }[] };
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'policy-size-exceeds-resource-policy-quota', file: 'key.json' }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'invalid-action', pointer: '/Statement/2/Action' }),
    );
  });
});
