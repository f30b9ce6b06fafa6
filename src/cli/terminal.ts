/** All that a command sees of the process, so that a test can stand in for it. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether standard output shows colours. */
  readonly hasColours: boolean;
  /** The same of standard error. */
  readonly errHasColours: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  nowMillis(): number;
  /** The text of a file; `-` is standard input, which can be read once. Throws as node:fs does. */
  readText(path: string): Promise<string>;
  writeText(path: string, text: string): Promise<void>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stdout, stderr } = process;
  // Whoever reads us may stop early (`| head`): that is no fault.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    hasColours: wantsColours(env, stdout.isTTY),
    errHasColours: wantsColours(env, stderr.isTTY),
    env,
    nowMillis: () => Date.now(),
    readText: async (path) => {
      if (path !== '-') return (await import('node:fs/promises')).readFile(path, 'utf8');
      const { text } = await import('node:stream/consumers');
      return text(process.stdin);
    },
    writeText: async (path, text) => (await import('node:fs/promises')).writeFile(path, text),
  };
}

/** NO_COLOR and FORCE_COLOR beat what the stream is; of both, NO_COLOR. An empty value counts as not set. */
export function wantsColours(env: Terminal['env'], isTerminal: boolean | undefined): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '') return force !== '0' && force !== 'false';
  return isTerminal === true && env['TERM'] !== 'dumb';
}
