/** .pre-commit-hooks.yaml: each entry run as pre-commit runs it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames?: boolean;
}

const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];
let folder = '';

beforeAll(() => {
  // What `npm install -g` would put on the path.
  folder = mkdtempSync(join(tmpdir(), 'sealpost-hook-'));
  const command = join(folder, 'sealpost');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/sealpost.js')}" "$@"\n`);
  chmodSync(command, 0o755);
});

afterAll(() => rmSync(folder, { recursive: true }));

function runHook(id: string, args: readonly string[], changed: readonly string[]) {
  const hook = hooks.find((candidate) => candidate.id === id);
  if (hook === undefined) throw new Error(`there is no hook ${id}`);
  const pattern = new RegExp(hook.files);
  const names = changed.filter((name) => pattern.test(name));
  if (names.length === 0) return { status: 'skipped' as const, out: '' };
  const [command = '', ...words] = hook.entry.split(' ');
  const given = [...words, ...args, ...(hook.pass_filenames === false ? [] : names)];
  const { status, stdout } = spawnSync(command, given, {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  return { status, out: stdout };
}

describe('the pre-commit hooks', () => {
  it('are run by Node, from the package of this repository', () => {
    expect(hooks.map(({ language }) => language)).toEqual(['node', 'node']);
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
    for (const { entry } of hooks) expect(Object.keys(bin)).toContain(entry.split(' ')[0]);
  });

  it('check the setups that are named, whichever policy was changed', () => {
    const setup = 'examples/wrong-account/setup.json';
    const run = runHook('sealpost-check', [setup], ['examples/wrong-account/key-policy.json']);
    expect(run.status).toBe(1);
    expect(run.out).toContain(`fails  ${setup}`);
    expect(runHook('sealpost-check', [setup], ['README.md']).status).toBe('skipped');
  });

  it('lint the policies that were changed', () => {
    const run = runHook('sealpost-lint', [], ['examples/wrong-account/key-policy.json', 'package.json']);
    expect(run.status).toBe(0);
    expect(run.out).toContain('missing-version');
    expect(run.out).not.toContain('package.json');
  });
});
