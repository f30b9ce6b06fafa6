/** `--fix`, `--for` and `--write`: the smallest fix of each setup, shown and, if wanted, made. */
import type { FixOptions } from '../../../delivery/smallest-fix.ts';
import type { SmallestFix } from '../../../delivery/report.ts';
import type { InputFile } from '../../../setup/inputs/read-inputs.ts';
import { CliFault, type CliInput } from '../../command.ts';
import type { NamedReport } from '../../formats.ts';
import type { SourceFiles } from '../../source-files.ts';
import type { Terminal } from '../../terminal.ts';
import { inputFiles } from './input-sources.ts';

export interface FixWish {
  readonly for: NonNullable<FixOptions['for']>;
  readonly isShown: boolean;
  readonly isWritten: boolean;
  /** The plans and templates that the setup is made of; empty: it is written by hand. */
  readonly inputs: readonly InputFile[];
}

/**
 * What is asked about fixes; `null`: nothing.
 *
 * @param isReported whether a format is asked for that has a member for the fix
 * @throws {CliFault} what doesn't go together
 */
export function fixWish(input: CliInput, isReported: boolean): FixWish | null {
  const identity = input.text('for');
  const isShown = input.has('fix');
  const isWritten = input.has('write');
  if (!isShown && (isWritten || identity !== null)) {
    const option = isWritten ? '--write' : '--for';
    throw new CliFault({
      code: 'command-line',
      message: `\`${option}\` stands without \`--fix\``,
      next: `add \`--fix\`, or leave out \`${option}\``,
    });
  }
  if (isWritten && (input.arguments.includes('-') || input.text('endpoint') !== null)) {
    throw new CliFault({
      code: 'command-line',
      message: '`--write` has no file to write to: the setup comes from elsewhere',
      next: 'leave out `--write` and make the change that is shown, or name files',
    });
  }
  if (!isShown && !isReported) return null;
  return {
    for: identity === 'role' || identity === 'service-principal' ? identity : 'either',
    isShown,
    isWritten,
    inputs: inputFiles(input),
  };
}

export interface FoundFix {
  readonly fix: SmallestFix;
  /** New texts by file. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The fix of one setup.
 *
 * @throws {CliFault} it is to be written and can't be
 */
export async function foundFix(
  { judgement, compiled: { loaded } }: NonNullable<NamedReport['judged']>,
  wish: FixWish,
  files: SourceFiles,
  nowMillis: number,
): Promise<FoundFix | null> {
  if (judgement.verdict === 'delivers' && wish.for === 'either') return null;
  const { smallestFix } = await import('../../../delivery/smallest-fix.ts');
  const fix = smallestFix(loaded, { at: new Date(nowMillis), for: wish.for, judgement });
  if (fix === null || fix.changes.length === 0) return fix === null ? null : { fix, files: new Map() };
  const { fixFiles } = await import('../../fix-files.ts');
  const isForEyes = wish.isShown || wish.isWritten;
  const inFiles = await fixFiles(fix, loaded, (file) => {
    const text = files.textOf(file);
    return text !== null && (isForEyes || isHandy(text)) ? text : null;
  });
  const [unwritten] = inFiles.unwritten;
  if (wish.inputs.length > 0) {
    if (wish.isWritten) {
      throw new CliFault({
        code: 'fix-not-writable',
        message: `\`--write\` does not change what ${wish.inputs.map(({ path }) => `\`${path}\``).join(', ')} ${wish.inputs.length === 1 ? 'is' : 'are'} made of`,
        next: 'leave out `--write` and paste what `--fix` shows into your own sources',
      });
    }
    const { withPastes } = await import('./paste-fix.ts');
    return { fix: await withPastes(inFiles.fix, loaded, wish.inputs, files), files: new Map() };
  }
  if (wish.isWritten && unwritten !== undefined) {
    throw new CliFault({
      code: 'fix-not-writable',
      message: `the fix of ${unwritten} can't be written into a file: the policy stands in no file that can be edited in place`,
      next: 'leave out `--write` and make the change that is shown',
    });
  }
  return { fix: inFiles.fix, files: inFiles.files };
}

/**
 * Whether a difference of the whole file says more than one of the policy: in a list of thousands of setups, or where
 * all stands in one line, it would hold everything again.
 */
function isHandy(text: string): boolean {
  return text.length <= handyTextMax && !/[^\n]{2000}/.test(text);
}

const handyTextMax = 65_536;

/** @throws {CliFault} a file can't be written */
export async function writeFiles(files: ReadonlyMap<string, string>, terminal: Terminal): Promise<void> {
  for (const [file, text] of files) {
    try {
      await terminal.writeText(file, text);
    } catch (error) {
      throw new CliFault({
        code: 'output-not-writable',
        message: `the fix can't be written to \`${file}\`: ${error instanceof Error ? error.message : 'writing failed'}`,
        next: 'make the file writable',
      });
    }
    terminal.err(`fixed \`${file}\`\n`);
  }
  terminal.err('the report is of before; with this AWS Config delivers\n');
}
