/** Those of the arguments that hold what the AWS CLI printed; all others are setups. */
import { beginsAsAnswer } from '../../../setup/inputs/answers/read-answers.ts';
import type { InputFile } from '../../../setup/inputs/read-inputs.ts';
import type { SourceFiles } from '../../source-files.ts';
import { inputFile } from './input-sources.ts';

export interface AnswerFile extends InputFile {
  /** As it was typed. */
  readonly argument: string;
}

export async function answerFiles(
  names: readonly string[],
  files: SourceFiles,
): Promise<readonly AnswerFile[]> {
  const found: AnswerFile[] = [];
  for (const argument of names) {
    const plain = await beginning(argument, files);
    if (plain !== null) {
      if (plain) found.push({ kind: 'answer', path: argument, argument });
      continue;
    }
    // NAME=FILE, where no file has the whole for its name.
    const equals = argument.lastIndexOf('=');
    const path = argument.slice(equals + 1);
    if (equals <= 0 || (await beginning(path, files)) !== true) continue;
    const placed = inputFile('answer', argument);
    found.push(
      placed.account === undefined
        ? { kind: 'answer', path, about: argument.slice(0, equals), argument }
        : { ...placed, argument },
    );
  }
  return found;
}

/** `null`: it can't be read, which whoever reads it tells. */
async function beginning(path: string, files: SourceFiles): Promise<boolean | null> {
  try {
    return beginsAsAnswer(await files.read(path));
  } catch {
    return null;
  }
}
