/**
 * `--watch`: checks, and checks again whenever a file that was read changes, the policies that a setup names and the
 * settings included. A file that was looked for and is not there counts: it may appear.
 */
import { CliFault, type CliInput } from '../../command.ts';
import { faultText } from '../../fault-text.ts';
import { palette } from '../../palette.ts';
import type { Terminal } from '../../terminal.ts';

const pollMillis = 200;
/** Clears the screen and what was scrolled out of it. */
const clearing = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Checks until the user ends it.
 *
 * @returns the exit status of the last check
 * @throws {CliFault} what is to be checked can't be watched
 */
export async function watchCheck(
  input: CliInput,
  terminal: Terminal,
  checkOnce: (input: CliInput, terminal: Terminal) => Promise<number>,
): Promise<number> {
  assertWatchable(input);
  for (;;) {
    // Before the check: who presses Ctrl-C during it wants its end to be clean too.
    await terminal.pause(0);
    const read = new Map<string, string | null>();
    const status = await survived(() => checkOnce(input, noting(terminal, read)), terminal);
    const count = [...read.values()].filter((text) => text !== null).length;
    terminal.err(`watching ${count === 1 ? '1 file' : `${count} files`}; Ctrl-C ends it\n`);
    const changed = await changedFile(read, terminal);
    if (changed === null) return status;
    if (terminal.isScreen) terminal.out(clearing);
    else terminal.out(`\n--- ${changed} changed ---\n\n`);
  }
}

function assertWatchable(input: CliInput): void {
  const unfit =
    input.text('endpoint') !== null
      ? '`--endpoint`'
      : input.arguments.includes('-')
        ? 'standard input'
        : input.has('write')
          ? '`--write`'
          : null;
  if (unfit === null) return;
  throw new CliFault({
    code: 'command-line',
    message: `\`--watch\` does not go together with ${unfit}`,
    next: 'watch files, or leave `--watch` out',
  });
}

/** A fault ends one check and not the watching: the next edit may mend it. */
async function survived(check: () => Promise<number>, terminal: Terminal): Promise<number> {
  try {
    return await check();
  } catch (error) {
    const fault =
      error instanceof CliFault
        ? error
        : { code: 'check-failed', message: error instanceof Error ? error.message : String(error) };
    terminal.err(faultText(fault, () => null, palette(terminal.errHasColours)));
    return 2;
  }
}

/** The terminal, which notes what was read: texts by path, `null` where reading failed. */
function noting(terminal: Terminal, read: Map<string, string | null>): Terminal {
  return {
    ...terminal,
    readText: async (path) => {
      try {
        const text = await terminal.readText(path);
        read.set(path, text);
        return text;
      } catch (error) {
        read.set(path, null);
        throw error;
      }
    },
  };
}

/** Waits for the first change; `null`: the user ended it. */
async function changedFile(
  read: ReadonlyMap<string, string | null>,
  terminal: Terminal,
): Promise<string | null> {
  const marks = new Map<string, string | null>();
  for (;;) {
    for (const [path, text] of read) {
      const mark = await terminal.fileMark(path);
      // The first time always by the text: it may have changed since it was read.
      if (marks.has(path) && marks.get(path) === mark) continue;
      marks.set(path, mark);
      if ((await textOf(path, terminal)) !== text) return path;
    }
    if ((await terminal.pause(pollMillis)) === 'ended') return null;
  }
}

async function textOf(path: string, terminal: Terminal): Promise<string | null> {
  try {
    return await terminal.readText(path);
  } catch {
    return null;
  }
}
