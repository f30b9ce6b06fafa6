/**
 * The command line. Each command is one file in `commands/` and one line here.
 */
import { CliFault, type CliCommand } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { completionCommand } from './commands/completion.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { lintCommand } from './commands/lint.ts';
import { exportCommand } from './commands/export.ts';
import { policyCommand } from './commands/policy.ts';
import { serveCommand } from './commands/serve.ts';
import { faultText } from './fault-text.ts';
import { checkEnvironment } from './known-environment.ts';
import { palette } from './palette.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { processTerminal, type Terminal } from './terminal.ts';

export const commands: readonly CliCommand[] = [
  checkCommand,
  policyCommand,
  evaluateCommand,
  lintCommand,
  serveCommand,
  exportCommand,
  completionCommand(() => commands),
];

/** The exit status of what is at fault in the input or the command line. */
export const inputFaultStatus = 2;

/**
 * Runs one command line.
 *
 * @param args without `node` and the script
 * @returns the exit status
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  try {
    const parsed = parseCommandLine(args, commands, terminal);
    if (parsed.kind === 'done') return parsed.status;
    checkEnvironment(terminal.env);
    return await parsed.command.run(parsed.input, terminal);
  } catch (error) {
    if (!(error instanceof CliFault)) throw error;
    terminal.err(faultText(error, () => null, palette(terminal.errHasColours)));
    return inputFaultStatus;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
