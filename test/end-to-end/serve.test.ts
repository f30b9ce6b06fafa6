/** `sealpost serve` as a process: what it prints, how it ends, and what it says when it cannot begin. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const main = join(import.meta.dirname, '../../bin/sealpost.js');
const started: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-serve-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function serve(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, 'serve', ...args], { cwd: folder });
  started.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  async function printed(pattern: RegExp): Promise<string> {
    for (let waited = 0; waited < 15_000; waited += 50) {
      const found = pattern.exec(out);
      if (found !== null) return found[1] ?? found[0];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not printed: ${String(pattern)}\n${out}\n${err}`);
  }
  return { child, ended, printed, out: () => out, err: () => err };
}

describe('sealpost serve', { timeout: 60_000 }, () => {
  test('shows the example, goes on from there when it runs again, and ends cleanly with Ctrl-C', async () => {
    for (const isFirst of [true, false]) {
      const server = serve('--example', '--port', '0');
      await server.printed(/It keeps serving/);
      expect(server.out()).toContain(
        'check says  delivers, as the role\n  serve       delivered, as the role',
      );
      expect(server.out()).toContain(
        'check says  delivers, as the service principal config.amazonaws.com\n  serve       delivered, as the service principal config.amazonaws.com',
      );
      expect(server.out().includes('will not allow you to update the key policy')).toBe(isFirst);
      server.child.kill('SIGINT');
      expect(await server.ended).toBe(0);
      expect(server.err()).not.toContain('error');
    }
  });

  test('says in one sentence that its port or its folder is in use, and ends with 1', async () => {
    const first = serve('--data', 'shared', '--port', '0');
    const url = await first.printed(/(http:\/\/[\d.]+:\d+)/);
    const sameFolder = serve('--data', 'shared', '--port', '0');
    expect(await sameFolder.ended).toBe(1);
    expect(sameFolder.err()).toMatch(/^error: the data folder .* is in use .*\n$/);
    const samePort = serve('--memory', '--port', new URL(url).port);
    expect(await samePort.ended).toBe(1);
    expect(samePort.err()).toMatch(/^error: port \d+ .* is in use .*\n$/);
  });

  test('loses nothing that it acknowledged when it is killed', async () => {
    const first = serve('--data', 'killed', '--port', '0', '--example');
    await first.printed(/It keeps serving/);
    first.child.kill('SIGKILL');
    await first.ended;
    const again = serve('--data', 'killed', '--port', '0');
    const url = await again.printed(/(http:\/\/[\d.]+:\d+)/);
    const setups: unknown = await (await fetch(`${url}/_sealpost/setup`)).json();
    expect(setups).toHaveLength(2);
  });

  test('does not begin off loopback with credentials that everyone knows', async () => {
    const server = serve('--host', '0.0.0.0', '--memory', '--port', '0');
    expect(await server.ended).toBe(1);
    expect(server.err()).toContain('SEALPOST_ROOT_ACCESS_KEY_ID');
  });

  test.each([
    [['--port', 'many'], 2, '`--port many` is no port'],
    [['--memory', '--data', 'x'], 2, 'leave one of them out'],
    [['--setup', 'missing.json', '--memory'], 2, 'cannot be read'],
  ] as const)('%j is a fault of the command line', async (args, status, text) => {
    const server = serve(...args);
    expect(await server.ended).toBe(status);
    expect(server.err()).toContain(text);
  });

  // spec: SRV-SETUP-1, SRV-SETUP-2
  test('lays a setup out before it answers, and exports it as one that says the same', async () => {
    const setup = {
      complete: true,
      recorder: {
        account: '111122223333',
        region: 'us-east-1',
        roleARN: 'arn:aws:iam::111122223333:role/config',
      },
      deliveryChannel: { s3BucketName: 'config-logs' },
      roles: [
        {
          arn: 'arn:aws:iam::111122223333:role/config',
          trustPolicy: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { Service: 'config.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          },
          policies: [],
        },
      ],
      buckets: [{ name: 'config-logs', account: '111122223333', policy: null }],
    };
    await writeFile(join(folder, 'setup.json'), JSON.stringify(setup));
    const server = serve('--memory', '--port', '0', '--setup', 'setup.json');
    const url = await server.printed(/(http:\/\/[\d.]+:\d+)/);
    const exported: unknown = await (await fetch(`${url}/_sealpost/setup`)).json();
    expect(exported).toMatchObject({
      complete: true,
      recorder: setup.recorder,
      deliveryChannel: setup.deliveryChannel,
      roles: [{ arn: setup.roles[0]?.arn, trustPolicy: setup.roles[0]?.trustPolicy }],
      buckets: [{ name: 'config-logs', policy: null }],
    });
  });

  test('tells what is no setup with its place, and does not begin', async () => {
    await writeFile(join(folder, 'bad.json'), '{ "recorder": { "acount": "111122223333" } }');
    const server = serve('--memory', '--setup', 'bad.json');
    expect(await server.ended).toBe(2);
    expect(server.err()).toContain('bad.json:1:');
  });
});
