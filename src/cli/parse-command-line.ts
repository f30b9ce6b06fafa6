/** What was typed, by the declarations of the commands. Help and its examples come from the same declarations. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { CliFault, type CliCommand, type CliInput, type CliOption } from './command.ts';
import type { Terminal } from './terminal.ts';

export type ParsedCommandLine =
  | { readonly kind: 'run'; readonly command: CliCommand; readonly input: CliInput }
  /** Help or version was asked for and is printed. */
  | { readonly kind: 'done'; readonly status: number };

/** @throws {CliFault} the command line is at fault */
export function parseCommandLine(
  args: readonly string[],
  commands: readonly CliCommand[],
  terminal: Terminal,
): ParsedCommandLine {
  const parsed: ParsedCommandLine[] = [];
  const program = new Command('sealpost')
    .description(
      'Will AWS Config deliver to this encrypted bucket? As whom, and if not, which statement is at fault.',
    )
    .option('-V, --version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      // What commander says of a fault is thrown as one of ours.
      writeErr: () => undefined,
    })
    .exitOverride();
  for (const declared of commands) {
    const command = program
      .command(declared.name)
      .description(sentence(declared.summary))
      .exitOverride()
      .addHelpText('after', examplesText(declared))
      .action((...given: unknown[]) => {
        parsed.push({ kind: 'run', command: declared, input: inputOf(command, given) });
      });
    for (const argument of declared.arguments) command.argument(argument.name, argument.summary);
    for (const option of declared.options) command.addOption(optionOf(option));
  }
  if (args.length === 0) {
    program.outputHelp();
    return { kind: 'done', status: 0 };
  }
  if (args[0] === '--version' || args[0] === '-V') {
    terminal.out(`${packageVersion()}\n`);
    return { kind: 'done', status: 0 };
  }
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'done', status: 0 };
    throw usageFault(error, args, commands);
  }
  return parsed[0] ?? { kind: 'done', status: 0 };
}

/** Read only when asked for, from the package that this file is part of, built or not. */
function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const value: unknown = JSON.parse(text);
  const hasVersion = typeof value === 'object' && value !== null && 'version' in value;
  return hasVersion && typeof value.version === 'string' ? value.version : 'unknown';
}

function optionOf({ flags, summary, choices, default: value, isRepeatable }: CliOption): Option {
  const option = new Option(flags.replace(/ (\S+)$/, ' <$1>'), summary);
  if (choices !== undefined) option.choices(choices);
  if (value !== undefined) option.default(value);
  if (isRepeatable === true) {
    option.default([]);
    option.defaultValueDescription = 'none';
    option.argParser((text: string, before: readonly string[]) => [...before, text]);
  }
  return option;
}

function inputOf(command: Command, given: readonly unknown[]): CliInput {
  const options = command.opts<Record<string, unknown>>();
  const valueOf = (name: string): unknown => options[camelCase(name)];
  const names = given.slice(0, -2).flat();
  return {
    arguments: names.filter((name) => typeof name === 'string'),
    text: (name) => {
      const value = valueOf(name);
      return typeof value === 'string' ? value : null;
    },
    texts: (name) => {
      const value = valueOf(name);
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    },
    has: (name) => valueOf(name) === true,
  };
}

function usageFault(
  error: CommanderError,
  args: readonly string[],
  commands: readonly CliCommand[],
): CliFault {
  const [first = ''] = args;
  const known = commands.find(({ name }) => name === first);
  const [message = '', ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const help = `see \`sealpost ${known === undefined ? '' : `${known.name} `}--help\``;
  const nearest = /\(Did you mean (.+?)\?\)/.exec(suggestion.join(' '))?.[1];
  return new CliFault({
    code: 'command-line',
    message: message.replaceAll("'", '`'),
    next: nearest === undefined ? help : `write \`${nearest}\`, or ${help}`,
  });
}

function examplesText({ examples }: CliCommand): string {
  if (examples.length === 0) return '';
  return `\nExamples:\n${examples.map(({ command, summary }) => `  # ${summary}\n  sealpost ${command}`).join('\n')}\n`;
}

function sentence(clause: string): string {
  return `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`;
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
