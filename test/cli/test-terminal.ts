/** A terminal whose files stand in memory beside those of the checkout, and whose clock stands still. */
import { readFile } from 'node:fs/promises';
import { main } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

export interface CliRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly written: Readonly<Record<string, string>>;
}

export interface CliSurroundings {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly hasColours?: boolean;
}

/** Runs one command line in this process. A file named `-` is standard input. */
export async function runCli(args: readonly string[], surroundings: CliSurroundings = {}): Promise<CliRun> {
  const { files = {}, env = {}, hasColours = false } = surroundings;
  const written: Record<string, string> = {};
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    hasColours,
    errHasColours: hasColours,
    env,
    nowMillis: () => Date.parse('2026-03-07T09:15:00Z'),
    readText: async (path) => {
      const text = files[path];
      return text ?? readFile(path, 'utf8');
    },
    writeText: async (path, text) => void (written[path] = text),
    appendText: async (path, text) => {
      if (path.startsWith('/no-such-folder/')) throw new Error('there is no such folder');
      written[path] = (written[path] ?? '') + text;
    },
    isScreen: false,
    fileMark: async (path) => (files[path] === undefined ? null : 'here'),
    pause: async () => 'ended',
  };
  const status = await main(args, terminal);
  return { status, out, err, written };
}
