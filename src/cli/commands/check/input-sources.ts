/**
 * What plans, templates, answers of the AWS CLI and live accounts declare, as something to check: one source for each
 * recorder.
 */
import type { Declared } from '../../../setup/inputs/declared.ts';
import { readInputs, type InputFile } from '../../../setup/inputs/read-inputs.ts';
import type { CliInput } from '../../command.ts';
import type { SourceFiles } from '../../source-files.ts';
import type { CheckSource } from './check-sources.ts';

/** The files that `--terraform-plan` and `--template` name; empty: none. */
export function inputFiles(input: CliInput): readonly InputFile[] {
  return [
    ...input.texts('terraform-plan').map((path) => inputFile('terraform', path)),
    ...input.texts('template').map((path) => inputFile('template', path)),
  ];
}

/** `444455556666=archive.yaml` and `444455556666/eu-west-1=archive.yaml` say where that file's resources are. */
export function inputFile(kind: InputFile['kind'], text: string): InputFile {
  const [, account, region, path] = /^(\d{12})(?:\/([a-z0-9-]+))?=(.+)$/.exec(text) ?? [];
  return account === undefined || path === undefined
    ? { kind, path: text }
    : { kind, path, account, ...(region !== undefined && { region }) };
}

export async function inputSources(
  inputs: readonly InputFile[],
  declared: readonly Declared[],
  input: CliInput,
  files: SourceFiles,
): Promise<readonly CheckSource[]> {
  const setups = await readInputs(inputs, {
    account: input.text('account'),
    region: input.text('region'),
    role: input.text('role'),
    bucket: input.text('bucket'),
    key: input.text('key'),
    prefix: input.text('prefix'),
    parameters: input.text('parameters'),
    declared,
    readFile: (path) => files.read(path),
  });
  const live = declared.length === 0 ? [] : ['the live account'];
  const together = [...live, ...inputs.map(({ path }) => path)].join(' + ');
  return setups.map(({ name, read }) => ({
    name: name === null ? together : `${together}: ${name}`,
    read: () => Promise.resolve(read),
  }));
}
