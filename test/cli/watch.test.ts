/** `check --watch` as a process of its own, with real files and a real Ctrl-C. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from './test-terminal.ts';

const waitLimitMillis = 60_000;
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('sealpost check --watch', () => {
  it(
    'checks again when a policy changes, lives through errors, and ends with the last status',
    {
      timeout: 3 * waitLimitMillis,
    },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sealpost-watch-'));
      folders.push(folder);
      cpSync('examples', folder, { recursive: true });
      const home = join(folder, 'wrong-account');
      const child = spawn(process.execPath, [resolve('bin/sealpost.js'), 'check', 'setup.json', '--watch'], {
        cwd: home,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
      const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
      const until = async (wanted: RegExp): Promise<void> => {
        const end = Date.now() + waitLimitMillis;
        while (!wanted.test(printed)) {
          if (Date.now() > end) throw new Error(`not printed: ${wanted.source}; but: ${printed}`);
          await wait(20);
        }
        printed = '';
      };
      await until(/AWS Config does not deliver[\s\S]*watching \d+ file/);

      const policy = join(home, 'key-policy.json');
      const right = readFileSync(policy, 'utf8').replaceAll('999999999999', '111122223333');
      writeFileSync(policy, '{ "Statement": ');
      await until(/key-policy\.json changed[\s\S]*error\[[\s\S]*watching \d+ file/);
      // As editors do it: another file takes the name.
      writeFileSync(`${policy}.new`, right);
      renameSync(`${policy}.new`, policy);
      await until(/AWS Config delivers as the service principal[\s\S]*watching \d+ file/);
      rmSync(join(home, 'setup.json'));
      await until(/there is no such file[\s\S]*watching \d+ file/);
      cpSync('examples/wrong-account/setup.json', join(home, 'setup.json'));
      await until(/AWS Config delivers as the service principal[\s\S]*watching \d+ file/);

      child.kill('SIGINT');
      expect(await ended).toBe(0);
    },
  );

  it.each([
    ['standard input', ['-', '--watch']],
    ['`--endpoint`', ['--endpoint', 'http://127.0.0.1:1', '--watch']],
    ['`--write`', ['examples/wrong-account/setup.json', '--fix', '--write', '--watch']],
  ])('refuses %s', async (what, args) => {
    const { status, err } = await runCli(['check', ...args], { files: { '-': '{}' } });
    expect(status).toBe(2);
    expect(err).toContain(`\`--watch\` does not go together with ${what}`);
  });
});

describe('inside GitHub Actions', () => {
  it('the report stands in the summary of the step as Markdown', async () => {
    for (const [command, file] of [
      ['check', 'examples/wrong-account/setup.json'],
      ['lint', 'examples/wrong-account/key-policy.json'],
    ] as const) {
      const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' };
      const { written } = await runCli([command, file, '--format', 'json'], { env });
      expect(written['summary.md']).toMatch(command === 'check' ? /^### ❌/ : /^- \*\*/);
    }
  });

  it('a summary that cannot be written is told and changes nothing', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '/no-such-folder/summary.md' };
    const { status, err } = await runCli(['check', 'examples/role/setup.yaml'], { env });
    expect(status).toBe(0);
    expect(err).toContain("the step's summary can't be written");
  });
});
