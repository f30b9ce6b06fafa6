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
import { declareOrganizations } from './organization-policies.ts';
import type { TemplateExports } from './template/read-template.ts';
import { deliveriesOf, joined, type DeliveryOptions } from './deliveries.ts';

export interface InputFile {
  readonly kind: 'terraform' | 'template' | 'answer';
  /** `-` is standard input. */
  readonly path: string;
  /** Of an answer that does not say it: whose it is. */
  readonly about?: string;
  /** Where it is, in place of what is said for all files. */
  readonly account?: string;
  readonly region?: string;
  /** Of a template: its stack's. */
  readonly stackName?: string;
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
  const reading: Reading = {
    options,
    parameters,
    exports: new Map(),
    declared: [],
    answers: [],
    opened: [],
    faults,
  };
  reading.declared.push(...(options.declared ?? []));
  for (const file of faults.length === 0 ? files : []) await readFileOf(file, reading);
  if (faults.length > 0) return failed(faults);
  // A template may import what one behind it exports.
  const all = [...reading.declared, ...reading.opened.map((declare) => declare())];
  if (reading.answers.length > 0) {
    const { placed } = await import('./answers/read-answers.ts');
    const { declareAnswers } = await import('./answers/declare-answers.ts');
    all.push(declareAnswers(placed(reading.answers)));
  }
  const declared = joined(all, nothingDeclared());
  declareOrganizations(declared);
  const found = deliveriesOf(declared, options, nameOf(files[0]));
  if (!found.ok) return failed(found.faults);
  return found.deliveries.map(({ name, delivery }) => ({
    name: found.deliveries.length === 1 ? null : name,
    read: assembleSetup(declared, delivery),
  }));
}

interface Reading {
  readonly options: ReadInputsOptions;
  readonly parameters: ReadonlyMap<string, string>;
  readonly exports: TemplateExports;
  readonly declared: Declared[];
  readonly answers: AwsAnswer[];
  readonly opened: (() => Declared)[];
  readonly faults: Fault[];
}

async function readFileOf(file: InputFile, reading: Reading): Promise<void> {
  const { options, faults } = reading;
  const stacks = file.kind === 'template' ? await assemblyIn(file, reading) : null;
  if (stacks !== null) {
    for (const stack of stacks) await readFileOf(stack, reading);
    return;
  }
  const text = await textOf(file.path, options, faults);
  if (text === null) return;
  const { account, region } = { ...options, ...placeOf(file) };
  const name = nameOf(file);
  switch (file.kind) {
    case 'answer': {
      const { readAnswer } = await import('./answers/read-answers.ts');
      const read = await readAnswer(text, { file: name, about: file.about ?? null, account, region });
      if (read.ok) reading.answers.push(read.answer);
      else faults.push(...read.faults);
      return;
    }
    case 'terraform': {
      const { readTerraform } = await import('./terraform/read-terraform.ts');
      const read = readTerraform(text, { file: name, account, region });
      if (read.ok) reading.declared.push(read.declared);
      else faults.push(...read.faults);
      return;
    }
    case 'template': {
      if (account === null || region === null) {
        faults.push(...placeFaults(account, region, name));
        return;
      }
      const { openTemplate } = await import('./template/read-template.ts');
      const { parameters, exports } = reading;
      const { stackName = null } = file;
      const opened = await openTemplate(text, {
        file: name,
        account,
        region,
        parameters,
        stackName,
        exports,
      });
      if (opened.ok) reading.opened.push(opened.declare);
      else faults.push(...opened.faults);
    }
  }
}

/** The stacks of a folder that CDK wrote; `null`: it is no such folder. */
async function assemblyIn(
  file: InputFile,
  { options, faults }: Reading,
): Promise<readonly InputFile[] | null> {
  if (file.path === '-' || /\.(?:json|ya?ml|template)$/i.test(file.path)) return null;
  const { readAssembly } = await import('./template/cdk-assembly.ts');
  const found = await readAssembly(file.path, options.readFile).catch(() => null);
  if (found === null) return null;
  if (!found.ok) {
    faults.push(...found.faults);
    return [];
  }
  return found.stacks.map(({ path, stackName, account, region }): InputFile => ({
    kind: 'template',
    path,
    ...placeOf(file),
    ...(account !== null && { account }),
    ...(region !== null && { region }),
    ...(stackName !== null && { stackName }),
  }));
}

function placeOf({ account, region }: InputFile): { readonly account?: string; readonly region?: string } {
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function failed(faults: readonly Fault[]): readonly NamedSetup[] {
  return [{ name: null, read: { ok: false, faults } }];
}

function nameOf(file: InputFile | undefined): string | null {
  return file === undefined || file.path === '-' ? null : file.path;
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
          ? 'name a file in it, or the folder `cdk.out` as `cdk synth` writes it, with its manifest.json'
          : 'name a file that exists, or `-` for standard input',
      file: path,
      pointer: '',
      line: null,
      column: null,
    });
    return null;
  }
}
