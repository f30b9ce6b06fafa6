import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from './test-terminal.ts';

interface InputCase {
  readonly name: string;
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly status: number;
    /** A list where there are several setups. */
    readonly verdict: string | null | readonly string[];
    readonly deliveredAs?: string;
    /** What the JSON or the text for people says. */
    readonly text?: readonly string[];
  };
}

const cases = ['check', 'real-shapes'].flatMap(
  (name) =>
    JSON.parse(
      readFileSync(new URL(`../../cases/inputs/${name}.json`, import.meta.url), 'utf8'),
    ) as InputCase[],
);

describe('templates and plans', () => {
  it.each(cases)('$name', async ({ args, files = {}, expect: expected }) => {
    const { status, out } = await runCli(['check', '--format', 'json', ...args], { files });
    const report: unknown = JSON.parse(out);
    const reports = (Array.isArray(report) ? report : [report]) as Record<string, unknown>[];
    expect(reports.map(({ verdict }) => verdict)).toEqual([expected.verdict].flat());
    if (expected.deliveredAs !== undefined)
      expect(reports[0]).toMatchObject({ deliveredAs: expected.deliveredAs });
    for (const text of expected.text ?? [])
      expect(JSON.stringify(report).replaceAll('\\"', '"')).toContain(text);
    expect(status).toBe(expected.status);
  });

  it('point into the template, at the value that is at fault', async () => {
    const text = readFileSync('cases/inputs/templates/service-linked.yaml', 'utf8');
    const line = text.split('\n').findIndex((found) => found.includes('aws:SourceAccount: !Ref')) + 1;
    const files = {
      't.yaml': text.replace('aws:SourceAccount: !Ref AWS::AccountId', 'aws:SourceAccount: "999988887777"'),
    };
    const { out } = await runCli(
      [
        'check',
        '--template',
        't.yaml',
        '--account',
        '111122223333',
        '--region',
        'us-east-1',
        '--format',
        'json',
      ],
      { files },
    );
    expect(JSON.parse(out)).toMatchObject({
      findings: [{ code: 'source-account-not-the-recorder', file: 't.yaml', line, column: 52 }],
    });
  });

  it('answer what if like a setup', async () => {
    const { status } = await runCli([
      ...['check', '--template', 'cases/inputs/templates/service-linked.yaml'],
      ...['--account', '111122223333', '--region', 'us-east-1', '--assume-prefix', 'audit'],
    ]);
    expect(status).toBe(1);
  });

  it('take a policy that nests without end for one that is not known', async () => {
    const policy = '{"Statement":' + '['.repeat(20_000) + ']'.repeat(20_000) + '}';
    const template = readFileSync('cases/inputs/templates/service-linked.yaml', 'utf8');
    const { status, out } = await runCli(
      ['check', '--template', 't.yaml', '--account', '111122223333', '--region', 'us-east-1'],
      {
        files: {
          't.yaml': template.replace('      KeyPolicy:\n', `      KeyPolicy: '${policy}'\n      Unread:\n`),
        },
      },
    );
    expect(out).toContain('holds no policy');
    expect(status).toBe(3);
  });

  it('stand beside no setup', async () => {
    const { status, err } = await runCli([
      ...['check', 'examples/service-linked-role/setup.json'],
      ...['--terraform-plan', 'cases/inputs/plans/state.json'],
    ]);
    expect(status).toBe(2);
    expect(err).toContain('`examples/service-linked-role/setup.json` is a setup, which stands by itself');
  });
});
