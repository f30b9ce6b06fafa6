/** Completion scripts: static text, so that completing starts no process. */
import type { CliCommand, CliOption } from '../../command.ts';

export function completionScript(shell: 'bash' | 'zsh' | 'fish', commands: readonly CliCommand[]): string {
  return scripts[shell](commands);
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

function bashScript(commands: readonly CliCommand[]): string {
  const cases = commands.flatMap(({ name, options }) => [
    ...options.flatMap((option) =>
      option.choices === undefined
        ? []
        : [`    '${name} ${flagOf(option)}') words='${option.choices.join(' ')}' ;;`],
    ),
  ]);
  const flags = commands.map(
    ({ name, options }) => `    ${name}) words='${[...options.map(flagOf), '--help'].join(' ')}' ;;`,
  );
  return `# bash completion of sealpost
_sealpost() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${cases.join('\n')}
  esac
  if [ -z "$words" ] && [ "\${current:0:1}" = '-' ]; then
    case "\${COMP_WORDS[1]}" in
${flags.map((line) => `  ${line}`).join('\n')}
    esac
  fi
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _sealpost sealpost
`;
}

function zshScript(commands: readonly CliCommand[]): string {
  const names = commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`);
  const cases = commands.map(({ name, options }) => {
    const specs = options.map((option) => {
      const repeat = option.isRepeatable === true ? '*' : '';
      const value =
        valueNameOf(option) === null
          ? ''
          : option.choices === undefined
            ? `:${valueNameOf(option) ?? ''}:_files`
            : `:${valueNameOf(option) ?? ''}:(${option.choices.join(' ')})`;
      return `      '${repeat}${flagOf(option)}[${zshText(option.summary)}]${value}'`;
    });
    return `    ${name})\n      _arguments \\\n${[...specs, "      '*:file:_files'"].join(' \\\n')} ;;`;
  });
  return `#compdef sealpost
_sealpost() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _sealpost sealpost
`;
}

function fishScript(commands: readonly CliCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c sealpost -n __fish_use_subcommand -f -a ${name} -d '${fishText(summary)}'`,
    ...options.map((option) => {
      const value =
        valueNameOf(option) === null
          ? ''
          : option.choices === undefined
            ? ' -r'
            : ` -x -a '${option.choices.join(' ')}'`;
      return `complete -c sealpost -n '__fish_seen_subcommand_from ${name}' -l ${flagOf(option).slice(2)}${value} -d '${fishText(option.summary)}'`;
    }),
  ]);
  return `# fish completion of sealpost\n${lines.join('\n')}\n`;
}

/** `--format FORMAT` is `--format`. */
function flagOf({ flags }: CliOption): string {
  return flags.split(' ')[0] ?? flags;
}

function valueNameOf({ flags }: CliOption): string | null {
  return flags.split(' ')[1] ?? null;
}

function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll(/[[\]:`]/g, (char) => `\\${char}`);
}

function fishText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
