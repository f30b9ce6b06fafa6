import { commands } from '../../src/cli/main.ts';
import { knownEnvironment } from '../../src/cli/known-environment.ts';
import type { CliCommand } from '../../src/cli/command.ts';

/** docs/commands.md: every command with its options, from the declarations that the parser and `--help` read. */
export function commandsPage(): string {
  return [
    '# Commands',
    '',
    'Each explains itself with `--help`. What a program reads goes to standard output, all else to standard error; colours',
    'only on a terminal, honouring `NO_COLOR` and `FORCE_COLOR`. `-` is standard input.',
    '',
    ...commands.flatMap(section),
    '## Exit status',
    '',
    '| status | `check` | `evaluate` | `lint` |',
    '| --- | --- | --- | --- |',
    '| 0 | delivers | allowed | no finding as grave as `--fail-on` |',
    '| 1 | fails, or a finding as grave as `--fail-on` | denied | a finding as grave as `--fail-on`, `error` unless given |',
    '| 2 | the input or the command line is at fault | the same | the same |',
    '| 3 | unknown; 0 with `--allow-unknown` | unknown | |',
    '',
    'Of several setups the first of 2, 1, 3 that is there.',
    '',
    '## Environment',
    '',
    'A variable that begins with `SEALPOST_` and is none of these is an error: misspelt, it would be ignored in silence.',
    '',
    '| variable | for |',
    '| --- | --- |',
    ...Object.entries(knownEnvironment).map(([name, what]) => `| \`${name}\` | ${what} |`),
    '',
  ].join('\n');
}

function section({ name, summary, arguments: args, options, examples }: CliCommand): readonly string[] {
  return [
    `## sealpost ${name}`,
    '',
    `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...args.map((argument) => `- \`${argument.name}\`: ${argument.summary}`),
    '',
    ...(options.length === 0
      ? []
      : [
          '| option | |',
          '| --- | --- |',
          ...options.map((option) => {
            const choices = option.choices === undefined ? '' : ` (${option.choices.join(', ')})`;
            const usual = option.default === undefined ? '' : `; \`${option.default}\` unless given`;
            const repeat = option.isRepeatable === true ? '; repeatable' : '';
            return `| \`${option.flags}\` | ${`${option.summary}${choices}${usual}${repeat}`.replaceAll('|', '\\|')} |`;
          }),
          '',
        ]),
    '```sh',
    ...examples.flatMap((example) => [`# ${example.summary}`, `sealpost ${example.command}`]),
    '```',
    '',
  ];
}
