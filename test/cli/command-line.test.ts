import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/main.ts';
import { wantsColours } from '../../src/cli/terminal.ts';
import { runCli } from './test-terminal.ts';

describe('the command line', () => {
  it('prints its version, which is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await runCli(['--version'])).toMatchObject({ status: 0, out: `${version}\n` });
  });

  it('without arguments prints every command', async () => {
    const { status, out } = await runCli([]);
    expect(status).toBe(0);
    for (const { name } of commands) expect(out).toContain(name);
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'has help with examples for %s',
    async (name, { examples, options }) => {
      const { status, out } = await runCli([name, '--help']);
      expect(status).toBe(0);
      for (const { command } of examples) expect(out).toContain(`sealpost ${command}`);
      for (const { flags } of options) expect(out).toContain(flags.split(' ')[0]);
      expect(examples.length).toBeGreaterThan(0);
    },
  );

  it('names the nearest command of one that does not exist', async () => {
    const { status, err } = await runCli(['chek']);
    expect(status).toBe(2);
    expect(err).toContain('unknown command `chek`');
    expect(err).toContain('write `check`');
  });

  it('refuses an environment variable of ours that it does not know', async () => {
    const { status, err } = await runCli(['check', 'examples/role/setup.yaml'], {
      env: { SEALPOST_ROOT_ACCES_KEY_ID: 'x' },
    });
    expect(status).toBe(2);
    expect(err).toContain('`SEALPOST_ROOT_ACCES_KEY_ID`');
    expect(err).toContain('`SEALPOST_ROOT_ACCESS_KEY_ID`');
  });
});

describe('colours', () => {
  it.each([
    ['shown on a terminal', {}, true, true],
    ['not shown elsewhere', {}, false, false],
    ['not shown where NO_COLOR is set', { NO_COLOR: '1' }, true, false],
    ['shown where FORCE_COLOR is set', { FORCE_COLOR: '1' }, false, true],
    ['not shown where FORCE_COLOR is 0', { FORCE_COLOR: '0' }, true, false],
    ['not shown where both are set', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['not shown on a dumb terminal', { TERM: 'dumb' }, true, false],
  ])('are %s', (_, env, isTerminal, wanted) => {
    expect(wantsColours(env, isTerminal)).toBe(wanted);
  });
});

describe('the first file', () => {
  it('says in a sentence that the Node is too old', () => {
    const script = readFileSync('bin/sealpost.js', 'utf8')
      .replace(/^#!.*\n/, '')
      .replaceAll('process.versions.node', "'18.20.4'");
    const run = (): string =>
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(run).toThrow(/sealpost needs Node 24 or newer, and this is Node 18\.20\.4/);
  });

  it('runs a check in a process of its own', () => {
    const out = execFileSync(process.execPath, ['bin/sealpost.js', 'check', 'examples/role/setup.yaml'], {
      encoding: 'utf8',
    });
    expect(out).toContain('AWS Config delivers as the role');
  });
});
