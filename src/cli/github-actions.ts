/** Inside GitHub Actions: annotations beside the text, and the summary of the step. */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Terminal } from './terminal.ts';

/**
 * Adds what GitHub Actions shows. Annotations stand on standard output, where a program would stumble over them: only
 * beside text. A summary that can't be written is told and changes nothing.
 */
export async function tellGitHub(
  format: string,
  render: (name: 'github' | 'markdown') => Promise<string>,
  terminal: Terminal,
): Promise<void> {
  if (terminal.env['GITHUB_ACTIONS'] !== 'true') return;
  if (format === 'text') terminal.out(await render('github'));
  const summary = terminal.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary === '') return;
  try {
    await terminal.appendText(summary, `${await render('markdown')}\n`);
  } catch (error) {
    terminal.err(
      `the step's summary can't be written to \`${summary}\`: ${error instanceof Error ? error.message : 'writing failed'}\n`,
    );
  }
}

/**
 * A file as GitHub finds it: relative to the repository, wherever in it the step runs. Elsewhere, and for files outside
 * of it, as it is.
 */
export function repositoryPath({ env }: Terminal): (file: string) => string {
  const workspace = env['GITHUB_WORKSPACE'] ?? '';
  if (env['GITHUB_ACTIONS'] !== 'true' || workspace === '') return (file) => file;
  return (file) => {
    const path = relative(workspace, resolve(file)).replaceAll('\\', '/');
    return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
  };
}
