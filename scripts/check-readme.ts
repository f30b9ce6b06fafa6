/**
 * Runs each `console` block of README.md and docs/ whose first command is Sealpost's, and compares what it prints with
 * what the page shows: a page that lies costs a newcomer the first hour. A line `...` stands for any lines.
 * When it fails: mend the program where it is wrong, else paste the printed lines into the page.
 *
 * Every page gets a folder of its own with a copy of examples/. A command that ends with `&` keeps running until the
 * page ends; commands of `aws` are left out where that is not installed.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ours = /^\$ (?:npm run -s sealpost --|node bin\/sealpost\.js)/;
const startLimitMillis = 30_000;
/** In place of the port that pages show, on which the reader's own server may be running. */
const [shownPort, usedPort] = ['4566', '4599'];
const sealpost = `"${process.execPath}" "${resolve('bin/sealpost.js')}"`;
const hasAws = spawnSync('sh', ['-c', 'command -v aws']).status === 0;

interface ShownCommand {
  readonly line: number;
  readonly text: string;
  readonly output: readonly string[];
}

let ran = 0;
let leftOut = 0;
const lies: string[] = [];
for (const page of ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md').sort()]) await runPage(page);

for (const lie of lies) console.error(lie);
const what = `${ran} commands of the documentation run${leftOut > 0 ? `, ${leftOut} of aws left out` : ''}`;
if (ran === 0 || lies.length > 0) {
  console.error(`${what}: ${lies.length} print something else than shown. Mend the program, or the page.`);
  process.exitCode = 1;
} else console.log(what);

async function runPage(page: string): Promise<void> {
  const commands = shownCommands(readFileSync(page, 'utf8').replaceAll(shownPort, usedPort));
  if (commands.length === 0) return;
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-page-'));
  cpSync('examples', join(folder, 'examples'), { recursive: true });
  const running: ChildProcess[] = [];
  try {
    for (const command of commands) {
      if (command.text.startsWith('aws ') && !hasAws) {
        leftOut += 1;
        continue;
      }
      const printed = await outputOf(command, folder, running);
      ran += 1;
      if (!isShown(command.output, printed))
        lies.push(`${page}:${command.line}: \`${command.text}\` prints\n${printed.join('\n')}\n`);
    }
  } finally {
    await Promise.all(running.map(end));
    rmSync(folder, { recursive: true });
  }
}

function shownCommands(text: string): ShownCommand[] {
  const commands: { line: number; text: string; output: string[] }[] = [];
  let isInside = false;
  for (const [index, line] of text.split('\n').entries()) {
    const last = commands.at(-1);
    if (line === '```console') isInside = ours.test(text.split('\n')[index + 1] ?? '');
    else if (line.startsWith('```')) isInside = false;
    else if (isInside && line.startsWith('$ '))
      commands.push({ line: index + 1, text: line.slice(2), output: [] });
    else if (isInside && last?.output.length === 0 && last.text.endsWith('\\'))
      last.text = `${last.text.slice(0, -1).trimEnd()} ${line.trim()}`;
    else if (isInside) last?.output.push(line);
  }
  return commands;
}

async function outputOf(command: ShownCommand, folder: string, running: ChildProcess[]): Promise<string[]> {
  const line = command.text
    .replace(/(?:npm run -s sealpost --|node bin\/sealpost\.js)/g, sealpost)
    .replace('serve ', `serve --port ${usedPort} `);
  if (!line.endsWith('&')) {
    const { stdout } = spawnSync('sh', ['-c', `${line} 2>&1`], {
      cwd: folder,
      env: pageEnvironment(),
      encoding: 'utf8',
    });
    return linesOf(stdout);
  }
  const log = join(folder, `output-${running.length}.txt`);
  const file = openSync(log, 'w');
  running.push(
    spawn('sh', ['-c', `exec ${line.slice(0, -1)}`], {
      cwd: folder,
      env: pageEnvironment(),
      stdio: ['ignore', file, file],
    }),
  );
  const until = Date.now() + startLimitMillis;
  for (;;) {
    const printed = linesOf(readFileSync(log, 'utf8'));
    if (isShown(command.output, printed) || Date.now() > until) return printed;
    await wait(100);
  }
}

/** What `sealpost serve` tells to paste, so that pages need not repeat it. */
function pageEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${usedPort}`,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: '111122223333',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_PAGER: '',
  };
}

function linesOf(text: string): string[] {
  return text.replace(/\n+$/, '').split('\n');
}

/** Whether the lines are those shown, where each `...` stands for any number of lines, none included. */
function isShown(shown: readonly string[], printed: readonly string[]): boolean {
  const pattern = linesOf(shown.join('\n')).map((line) =>
    line.trim() === '...' ? '(?:.*\\n)*' : `${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\n`,
  );
  return new RegExp(`^${pattern.join('')}$`).test(`${printed.join('\n')}\n`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}
