/** What `check` is to judge: files, standard input, a running server, or the parts on the command line. */
import type { ReadSetup } from '../../../setup/loaded-setup.ts';
import type { ShortForm } from '../../../setup/short-form.ts';
import { CliFault, type CliInput } from '../../command.ts';
import type { SourceFiles } from '../../source-files.ts';
import type { Terminal } from '../../terminal.ts';
import { answerFiles } from './answer-files.ts';
import { inputFiles, inputSources } from './input-sources.ts';
import { setupFileSources } from './setup-file-sources.ts';

export interface CheckSource {
  readonly name: string;
  read(): Promise<ReadSetup>;
}

/** The options of the short form, with the names that it has for the reader of setups. */
const partOptions = {
  account: 'account',
  region: 'region',
  role: 'role',
  bucket: 'bucket',
  key: 'key',
  prefix: 'prefix',
  'key-policy': 'keyPolicy',
  'bucket-policy': 'bucketPolicy',
  'role-policy': 'rolePolicy',
  'trust-policy': 'trustPolicy',
} as const satisfies Record<string, keyof ShortForm>;

/** @throws {CliFault} nothing was named, or what doesn't go together */
export async function checkSources(
  input: CliInput,
  files: SourceFiles,
  terminal: Terminal,
): Promise<readonly CheckSource[]> {
  const parts = Object.keys(partOptions)
    .filter((option) => input.text(option) !== null)
    .map((option) => `--${option}`);
  const answers = await answerFiles(input.arguments, files);
  const inputs = [...inputFiles(input), ...answers];
  const isLive = input.has('live');
  if (!isLive) refuseLiveOptions(input);
  if (inputs.length > 0 || isLive) {
    const setup = input.arguments.find((name) => !answers.some(({ argument }) => argument === name));
    if (setup !== undefined) throw besideInputs(setup, isLive);
    const declared = isLive
      ? [await (await import('./live/live-declared.ts')).liveDeclared(input, terminal)]
      : [];
    return inputSources(inputs, declared, input, files);
  }
  const endpoint = input.text('endpoint');
  const ways = [input.arguments.length > 0, parts.length > 0, endpoint !== null].filter(Boolean).length;
  if (ways > 1) {
    const [part = '--endpoint'] = parts;
    throw new CliFault({
      code: 'command-line',
      message: `\`${part}\` stands beside ${input.arguments.length > 0 ? 'a setup' : '`--endpoint`'}: only one of them can say what to check`,
      next: 'write the value into the setup, or ask what if with `--assume-key`, `--assume-prefix`, `--assume-role-arn`, `--assume-account`',
    });
  }
  if (endpoint !== null) return (await import('./endpoint-source.ts')).endpointSources(endpoint);
  if (parts.length > 0) return [await partsSource(input, files)];
  if (input.arguments.length === 0) {
    throw new CliFault({
      code: 'command-line',
      message: 'there is nothing to check: no setup is named',
      next: 'name a setup (`sealpost check setup.yaml`), `-` for standard input, or see `sealpost check --help`',
    });
  }
  const sources: CheckSource[] = [];
  for (const name of input.arguments) sources.push(...(await setupFileSources(name, files)));
  return sources;
}

/** @throws {CliFault} what says how to read a live account, without `--live` */
function refuseLiveOptions(input: CliInput): void {
  const given = input.texts('profile').length > 0 ? 'profile' : liveOptions.find((name) => input.has(name));
  if (given === undefined) return;
  throw new CliFault({
    code: 'command-line',
    message: `\`--${given}\` stands without \`--live\``,
    next: `add \`--live\`, or leave out \`--${given}\``,
  });
}

const liveOptions = ['without-organization', 'dry-run'] as const;

function besideInputs(setup: string, isLive: boolean): CliFault {
  return new CliFault({
    code: 'command-line',
    message: `\`${setup}\` is a setup, which stands by itself, and not beside ${isLive ? '`--live`' : 'plans, templates and answers of the AWS CLI'}`,
    next: 'check it in a command of its own',
  });
}

async function partsSource(input: CliInput, files: SourceFiles): Promise<CheckSource> {
  const { readShortForm } = await import('../../../setup/short-form.ts');
  const form: ShortForm = Object.fromEntries(
    Object.entries(partOptions).flatMap(([option, member]) => {
      const value = input.text(option);
      return value === null ? [] : [[member, value]];
    }),
  );
  return {
    name: 'the command line',
    read: () => readShortForm(form, { readFile: (path) => files.read(path) }),
  };
}

export function serviceLinkedRoleArn(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
}
