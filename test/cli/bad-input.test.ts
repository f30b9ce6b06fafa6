/** Whatever `check` is given that can't be judged: one sentence, what to do, exit status 2, and soon. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './test-terminal.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-bad-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const place = ['--account', '111122223333', '--region', 'us-east-1'];
const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
  .concat(
    Array.from('bcdefghi').map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i] ?? ''},`.repeat(8)}x]`),
  )
  .concat('Resources: *i')
  .join('\n');
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const binary = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256));

const inputs: readonly (readonly [string, string | Buffer])[] = [
  ['nothing at all', ''],
  ['blanks', ' \n\t\n'],
  ['not JSON', 'hello'],
  ['half of a JSON', '{"format_version":"1.2","resource_changes":['],
  ['a number', '42'],
  ['null', 'null'],
  ['a list of numbers', '[1,2]'],
  ['a text', '"plan"'],
  ['another object', '{"hello":"world"}'],
  ['a policy', '{"Version":"2012-10-17","Statement":[]}'],
  ['binary', binary],
  ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ['a plan as Terraform saves it', 'PK\u0003\u0004\u0014\u0000'],
  ['the state file itself', '{"version":4,"terraform_version":"1.13.4","lineage":"x","resources":[]}'],
  ['a plan of Terraform 0.11', '{"terraform_version":"0.11.14","modules":[]}'],
  ['a format from the future', '{"format_version":"9.1","resource_changes":[]}'],
  ['JSON that nests without end', `{"format_version":"1.2","Resources":${nested(20_000)}}`],
  ['YAML that nests without end', `Resources: ${'['.repeat(20_000)}`],
  [
    'YAML that is indented without end',
    Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  ],
  ['a YAML bomb', bomb],
  ['an anchor within itself', 'Resources:\n  A: &a\n    Type: AWS::S3::Bucket\n    Properties: *a\n'],
  ['a doubled member', '{"format_version":"1.2","format_version":"1.2","Resources":{},"Resources":{}}'],
  ['a member that is no member', '{"format_version":"1.2","__proto__":{},"Resources":{}}'],
  [
    'resources that are no resources',
    '{"format_version":"1.2","resource_changes":[1,null,{"change":3}],"Resources":{"A":1,"B":null}}',
  ],
  ['a megabyte of brackets', '['.repeat(1_100_000)],
];

describe.each([
  ['a plan', ['--terraform-plan']],
  ['a template', ['--template']],
  ['a setup', []],
] as const)('taken for %s', (_, option) => {
  it.each(inputs)('%s is one sentence, and what to do', async (_name, content) => {
    const file = join(folder, 'input.json');
    await writeFile(file, content);
    const { status, err } = await runCli([
      'check',
      ...option,
      file,
      ...(option.length > 0 ? place : []),
      '--ignore-config',
    ]);
    expect(status).toBe(2);
    expect(err).toMatch(/^error\[[a-z-]+\]: \S/);
    expect(err.length).toBeLessThan(3000);
    expect(err).not.toMatch(/call stack|overflow|\bat .*\.ts:|undefined|\[object/i);
  });
});

it('a file of many megabytes is refused without being read through', async () => {
  const file = join(folder, 'large.json');
  await writeFile(file, `{"x":"${'a'.repeat(9_000_000)}"}`);
  for (const option of [['--template'], []]) {
    const { status, err } = await runCli(['check', ...option, file, ...(option.length > 0 ? place : [])]);
    expect(status).toBe(2);
    expect(err).toContain('document-too-large');
  }
});

it.each(['--terraform-plan', '--template', '--parameters'])(
  '%s of what is not there names it',
  async (option) => {
    const other =
      option === '--parameters' ? ['--template', 'cases/inputs/templates/service-linked.yaml'] : [];
    const { status, err } = await runCli(['check', ...other, option, 'no-such-file', ...place]);
    expect(status).toBe(2);
    expect(err).toContain("`no-such-file` can't be read: there is no such file");
  },
);

it('what the AWS CLI prints of something else is told', async () => {
  const { status, err } = await runCli(['check', 'a.json'], { files: { 'a.json': '{"Policy": 3}' } });
  expect(status).toBe(2);
  expect(err).toContain('this is no answer of the AWS CLI that says anything of a delivery');
});
