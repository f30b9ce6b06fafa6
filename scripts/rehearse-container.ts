/**
 * Builds what the Dockerfile says without a container: each stage is a folder, each COPY a copy, each RUN a shell with
 * the stage's paths; then the image's command runs as it would, and its health check must be content. For machines
 * where no container runs, and faster than one. When it fails: the last line names the instruction.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dockerInstructions } from './docker/docker-instructions.ts';

const root = mkdtempSync(join(tmpdir(), 'sealpost-container-'));
const startLimitMillis = 30_000;
const port = '4599';
const stages = new Map<string, string>();
let stage = '';
let workdir = '/';
let health: readonly string[] = [];
let entry: readonly string[] = [];
let command: readonly string[] = [];

try {
  for (const { name, argument } of dockerInstructions(readFileSync('Dockerfile', 'utf8'))) {
    console.log(`${name} ${argument.slice(0, 100)}`);
    carryOut(name, argument);
  }
  await runImage();
  console.log('the steps of the Dockerfile work, and its health check is content');
} finally {
  rmSync(root, { recursive: true, force: true });
}

function carryOut(name: string, argument: string): void {
  switch (name) {
    case 'FROM': {
      const alias = / AS (\S+)$/i.exec(argument)?.[1] ?? 'final';
      stage = join(root, alias);
      stages.set(alias, stage);
      // What the base image has and the instructions use.
      mkdirSync(join(stage, 'usr/local/bin'), { recursive: true });
      return;
    }
    case 'WORKDIR':
      workdir = argument;
      mkdirSync(inStage(workdir), { recursive: true });
      return;
    case 'COPY': {
      const from = /^--from=(\S+) /.exec(argument)?.[1];
      const paths = argument.replace(/^--from=\S+ /, '').split(' ');
      const target = paths.pop() ?? '';
      const home = from === undefined ? resolve('.') : (stages.get(from) ?? '');
      for (const path of paths) {
        const into = target.startsWith('/') ? inStage(target) : join(inStage(workdir), target);
        cpSync(join(home, path), target.endsWith('/') ? join(into, path) : into, {
          recursive: true,
          verbatimSymlinks: true,
        });
      }
      return;
    }
    case 'RUN': {
      // Absolute paths are those of the stage; changing owners takes a root that we need not be.
      const line = argument
        .replaceAll(/(^|[\s=])\/(?=[a-z])/g, `$1${stage}/`)
        .replace(/chown \S+ \S+/, 'true');
      const { status } = spawnSync('sh', ['-c', line], { cwd: inStage(workdir), stdio: 'inherit' });
      if (status !== 0) throw new Error(`RUN ${argument} ended with ${String(status)}`);
      return;
    }
    case 'HEALTHCHECK':
      health = JSON.parse(argument.slice(argument.indexOf('['))) as string[];
      return;
    case 'ENTRYPOINT':
      entry = JSON.parse(argument) as string[];
      return;
    case 'CMD':
      command = JSON.parse(argument) as string[];
      return;
    default:
      return;
  }
}

function inStage(path: string): string {
  return join(stage, path);
}

async function runImage(): Promise<void> {
  const [program = '', script = '', ...rest] = [...entry, ...command];
  const local = (text: string): string => (text.startsWith('/') ? inStage(text) : text);
  const server = spawn(program, [local(script), ...rest.map(local), '--port', port], {
    cwd: inStage('/data'),
    stdio: 'inherit',
    env: {
      ...process.env,
      SEALPOST_ROOT_ACCESS_KEY_ID: 'AKIAREHEARSAL0000000',
      SEALPOST_ROOT_SECRET_ACCESS_KEY: 'only for this rehearsal',
    },
  });
  try {
    const [probe = '', ...args] = health.map((text) => text.replace('4566', port));
    const until = Date.now() + startLimitMillis;
    while (spawnSync(probe, args).status !== 0) {
      if (Date.now() > until || server.exitCode !== null)
        throw new Error('the health check was never content');
      await wait(200);
    }
  } finally {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
  }
}
