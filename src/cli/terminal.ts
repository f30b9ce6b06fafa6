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
  appendText(path: string, text: string): Promise<void>;
  /** Whether standard output is a screen, which can be cleared. */
  readonly isScreen: boolean;
  /** What changes when the file does, cheaper than its text; `null`: there is no such file. */
  fileMark(path: string): Promise<string | null>;
  /** Waits. Early and ever after `ended` once the user has asked to end (Ctrl-C): it does not end by itself any more. */
  pause(millis: number): Promise<'on' | 'ended'>;
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
    appendText: async (path, text) => (await import('node:fs/promises')).appendFile(path, text),
    isScreen: stdout.isTTY && env['TERM'] !== 'dumb',
    fileMark: async (path) => {
      const { stat } = await import('node:fs/promises');
      try {
        const { mtimeNs, size, ino } = await stat(path, { bigint: true });
        return `${mtimeNs} ${size} ${ino}`;
      } catch {
        return null;
      }
    },
    pause: interruptiblePause(),
  };
}

function interruptiblePause(): Terminal['pause'] {
  let ending: AbortController | null = null;
  return async (millis) => {
    if (ending === null) {
      const started = new AbortController();
      ending = started;
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => started.abort());
    }
    const { signal } = ending;
    const { setTimeout: wait } = await import('node:timers/promises');
    try {
      await wait(millis, undefined, { signal });
      return 'on';
    } catch {
      return 'ended';
    }
  };
}

/** NO_COLOR and FORCE_COLOR beat what the stream is; of both, NO_COLOR. An empty value counts as not set. */
export function wantsColours(env: Terminal['env'], isTerminal: boolean | undefined): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '') return force !== '0' && force !== 'false';
  return isTerminal === true && env['TERM'] !== 'dumb';
}
