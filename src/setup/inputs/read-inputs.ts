/**
 * Setups from templates, plans, answers of the AWS CLI and live accounts: each says what it declares, all together are
 * one world, and every recorder in it is a setup.
 * spec: INPUT-PAIR-1, INPUT-PLACE-1
 */
import type { Fault } from '../../policy/document/fault.ts';
import type { ReadSetup } from '../loaded-setup.ts';
import type { AwsAnswer } from './answers/aws-answer.ts';
import { assembleSetup } from './assemble-setup.ts';
import { nothingDeclared, type Declared } from './declared.ts';
import { deliveriesOf, joined, type DeliveryOptions } from './deliveries.ts';

export interface InputFile {
  readonly kind: 'terraform' | 'template' | 'answer';
  /** `-` is standard input. */
  readonly path: string;
  /** Of an answer that does not say it: whose it is. */
  readonly about?: string;
}

export interface ReadInputsOptions extends DeliveryOptions {
  /** Of all templates together. */
  readonly parameters: string | null;
  /** What no file declares: live accounts. */
  readonly declared?: readonly Declared[];
  /** Throws as `readSetupText`'s does. */
  readonly readFile: (path: string) => Promise<string>;
}

export interface NamedSetup {
  /** `null`: the only one of its file. */
  readonly name: string | null;
  readonly read: ReadSetup;
}

/** One setup for each recorder; where something keeps them from being read, one that holds every fault. */
export async function readInputs(
  files: readonly InputFile[],
  options: ReadInputsOptions,
): Promise<readonly NamedSetup[]> {
  const faults: Fault[] = [];
  const parameters = await parametersIn(options, faults);
  const all: Declared[] = [...(options.declared ?? [])];
  const answers: AwsAnswer[] = [];
  for (const file of faults.length === 0 ? files : []) {
    const text = await textOf(file.path, options, faults);
    if (text === null) continue;
    if (file.kind === 'answer') {
      const { readAnswer } = await import('./answers/read-answers.ts');
      const { account, region } = options;
      const read = await readAnswer(text, { file: nameOf(file), about: file.about ?? null, account, region });
      if (read.ok) answers.push(read.answer);
      else faults.push(...read.faults);
      continue;
    }
    const read = await declaredIn(file, text, parameters, options);
    if (read.ok) all.push(read.declared);
    else faults.push(...read.faults);
  }
  if (faults.length > 0) return failed(faults);
  if (answers.length > 0) {
    const { placed } = await import('./answers/read-answers.ts');
    const { declareAnswers } = await import('./answers/declare-answers.ts');
    all.push(declareAnswers(placed(answers)));
  }
  const declared = joined(all, nothingDeclared());
  const found = deliveriesOf(declared, options, nameOf(files[0]));
  if (!found.ok) return failed(found.faults);
  return found.deliveries.map(({ name, delivery }) => ({
    name: found.deliveries.length === 1 ? null : name,
    read: assembleSetup(declared, delivery),
  }));
}

function failed(faults: readonly Fault[]): readonly NamedSetup[] {
  return [{ name: null, read: { ok: false, faults } }];
}

function nameOf(file: InputFile | undefined): string | null {
  return file === undefined || file.path === '-' ? null : file.path;
}

async function declaredIn(
  file: InputFile,
  text: string,
  parameters: ReadonlyMap<string, string>,
  { account, region }: ReadInputsOptions,
): Promise<
  | { readonly ok: true; readonly declared: Declared }
  | { readonly ok: false; readonly faults: readonly Fault[] }
> {
  const name = nameOf(file);
  if (file.kind === 'terraform') {
    const { readTerraform } = await import('./terraform/read-terraform.ts');
    return readTerraform(text, { file: name, account, region });
  }
  if (account === null || region === null) return { ok: false, faults: placeFaults(account, region, name) };
  const { readTemplate } = await import('./template/read-template.ts');
  return readTemplate(text, { file: name, account, region, parameters });
}

/** A template says neither where its stack is nor whose it is. */
function placeFaults(account: string | null, region: string | null, file: string | null): readonly Fault[] {
  const missing = [
    ...(account === null ? [['--account', "the stack's account ID"] as const] : []),
    ...(region === null ? [['--region', "the stack's Region"] as const] : []),
  ];
  return missing.map(([option, what]) => ({
    code: 'missing-option',
    message: `a template does not say ${what}`,
    next: `give it with \`${option}\``,
    file,
    pointer: '',
    line: null,
    column: null,
  }));
}

async function parametersIn(
  { parameters, readFile }: ReadInputsOptions,
  faults: Fault[],
): Promise<ReadonlyMap<string, string>> {
  if (parameters === null) return new Map();
  const text = await textOf(parameters, { readFile }, faults);
  if (text === null) return new Map();
  const { readParameters } = await import('./template/template-parameters.ts');
  const read = await readParameters(text, parameters);
  if (read.ok) return read.given;
  faults.push(...read.faults);
  return new Map();
}

async function textOf(
  path: string,
  { readFile }: Pick<ReadInputsOptions, 'readFile'>,
  faults: Fault[],
): Promise<string | null> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : error instanceof Error
            ? error.message
            : 'reading failed';
    faults.push({
      code: 'file-not-readable',
      message: `\`${path}\` can't be read: ${why}`,
      next:
        code === 'EISDIR'
          ? 'name a file in it, such as `cdk.out/Stack.template.json`'
          : 'name a file that exists, or `-` for standard input',
      file: path,
      pointer: '',
      line: null,
      column: null,
    });
    return null;
  }
}
