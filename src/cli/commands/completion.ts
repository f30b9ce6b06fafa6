/** `sealpost completion`: a script for the shell, made of the declarations of the commands. */
import { CliFault, type CliCommand } from '../command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

/** @param commands what to complete; asked for when it runs, as this command is one of them */
export function completionCommand(commands: () => readonly CliCommand[]): CliCommand {
  return {
    name: 'completion',
    summary: 'print a script that completes commands and options in the shell',
    arguments: [{ name: '<SHELL>', summary: 'bash, zsh or fish' }],
    options: [],
    examples: [
      {
        command: 'completion bash > ~/.local/share/bash-completion/completions/sealpost',
        summary: 'For bash',
      },
      { command: 'completion fish > ~/.config/fish/completions/sealpost.fish', summary: 'For fish' },
    ],
    run: async (input, terminal) => {
      const [given = ''] = input.arguments;
      const shell = shells.find((name) => name === given);
      if (shell === undefined) {
        throw new CliFault({
          code: 'command-line',
          message: `there is no completion for the shell \`${given}\``,
          next: `write one of ${shells.join(', ')}`,
        });
      }
      const { completionScript } = await import('./completion/completion-script.ts');
      terminal.out(completionScript(shell, commands()));
      return 0;
    },
  };
}
