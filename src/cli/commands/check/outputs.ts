/** `--format` and `--output FORMAT=FILE`: how the reports are written, and where. */
import { CliFault, type CliInput } from '../../command.ts';
import { formatNames, isFormatName, type FormatName } from '../../formats.ts';
import type { Terminal } from '../../terminal.ts';

export interface Output {
  readonly format: FormatName;
  readonly file: string;
}

/** @throws {CliFault} one of them is no format and file */
export function outputsOf(input: CliInput): readonly Output[] {
  return input.texts('output').map((text) => {
    const [format = '', ...rest] = text.split('=');
    const file = rest.join('=');
    if (file === '') {
      throw new CliFault({
        code: 'command-line',
        message: `\`--output ${text}\` names no file`,
        next: 'write a format, an equals sign and a file: `--output json=report.json`',
      });
    }
    return { format: formatOf(format), file };
  });
}

/** @throws {CliFault} there is no such format */
export function formatOf(name: string): FormatName {
  if (isFormatName(name)) return name;
  throw new CliFault({
    code: 'command-line',
    message: `there is no format \`${name}\``,
    next: `write one of ${formatNames.join(', ')}`,
  });
}

/** @throws {CliFault} the file can't be written */
export async function writeOutput({ file }: Output, text: string, terminal: Terminal): Promise<void> {
  try {
    await terminal.writeText(file, text);
  } catch (error) {
    throw new CliFault({
      code: 'output-not-writable',
      message: `the report can't be written to \`${file}\`: ${error instanceof Error ? error.message : 'writing failed'}`,
      next: 'name a file in a folder that exists',
    });
  }
}
