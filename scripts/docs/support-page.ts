import { config } from '../../src/services/config/config.ts';
import { iam } from '../../src/services/iam/iam.ts';
import { kms } from '../../src/services/kms/kms.ts';
import { s3 } from '../../src/services/s3/s3.ts';
import { sts } from '../../src/services/sts/sts.ts';
import { readSpec, type Requirement } from '../read-spec.ts';

/** docs/support.md: which operations the server has, what is only inferred, and what was decided not to be done. */
export function supportPage(): string {
  const { requirements } = readSpec('spec');
  const withStatus = (status: Requirement['status']): Requirement[] =>
    [...requirements.values()].filter((requirement) => requirement.status === status);
  return [
    '# What is there, and how sure it is',
    '',
    "Generated from the registries of operations and from `spec/`. An operation that is not listed answers with AWS's",
    'error for an unknown operation.',
    '',
    '## Operations of `sealpost serve`',
    '',
    ...[config, iam, kms, s3, sts].flatMap(({ name, operations }) => [
      `**${name}** (${String(Object.keys(operations).length)}): ${Object.keys(operations).sort().join(', ')}`,
      '',
    ]),
    '## Inferred',
    '',
    'AWS neither documents these nor were they seen in a recorded answer. Where one could turn allow into deny or back,',
    'the outcome is `unknown`.',
    '',
    ...rows(withStatus('inferred')),
    '',
    '## Decided otherwise, or left out',
    '',
    ...rows(withStatus('exception')),
    '',
  ].join('\n');
}

function rows(requirements: readonly Requirement[]): string[] {
  return [
    '| requirement | what | because |',
    '|---|---|---|',
    ...requirements.map(({ id, title, source }) => `| ${id} | ${cell(title)} | ${cell(source)} |`),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
