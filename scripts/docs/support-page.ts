import { readdirSync } from 'node:fs';
import { config } from '../../src/services/config/config.ts';
import { iam } from '../../src/services/iam/iam.ts';
import { kms } from '../../src/services/kms/kms.ts';
import { organizations } from '../../src/services/organizations/organizations.ts';
import { s3 } from '../../src/services/s3/s3.ts';
import { sns } from '../../src/services/sns/sns.ts';
import { sts } from '../../src/services/sts/sts.ts';
import { readSpec, type Requirement } from '../read-spec.ts';

const services = [config, iam, kms, organizations, s3, sns, sts];

/** What people will look for and not find; what differs from AWS in what is there stands in `spec/` as an exception. */
const missing = [
  'AWS Config: ownership controls of buckets make no items (how AWS records them is not known)',
  'KMS: ReplicateKey, imported material, custom key stores, key agreement, SM2 and ML-DSA',
  'S3: ACL grants let nobody in; SSE-C, S3 Select, POST uploads, lifecycle expiry; settings such as CORS and replication are stored and do nothing',
  'SNS: FIFO topics; messages by SQS, Lambda, Firehose, email, text message and mobile push (such subscriptions are stored, nothing is sent); dead-letter queues, throttling, archives',
  'Organizations: one for each server; no invitations, no delegated administrators',
  'IAM: GetAccountAuthorizationDetails and the policy simulator; SAML and OIDC providers',
] as const;

/** docs/support.md: which operations the server has, what is only inferred, and what was decided not to be done. */
export function supportPage(): string {
  const folders = readdirSync('src/services', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (folders.length !== services.length)
    throw new Error('a service is missing in scripts/docs/support-page.ts');
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
    ...services.flatMap((service) => {
      const served = operationsOf(service).filter(({ unavailable }) => unavailable === undefined);
      const names = served.map(({ name }) => name).sort();
      return [`**${service.name}** (${String(names.length)}): ${names.join(', ')}`, ''];
    }),
    ...refusedOperations(),
    '## Not there',
    '',
    ...missing.map((text) => `- ${text}`),
    '',
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

/** Those that are there only to say that they are not. */
function refusedOperations(): string[] {
  const refused = services.flatMap(operationsOf).filter(({ unavailable }) => unavailable !== undefined);
  const about = Map.groupBy(refused, ({ unavailable }) => unavailable ?? '');
  return [
    'These are refused to everybody with `UnknownOperationException` and a sentence that says so:',
    '',
    '| there are no | so that these are refused |',
    '|---|---|',
    ...[...about].map(([what, operations]) => {
      const names = operations.map(({ name }) => name).sort();
      return `| ${what} | ${names.join(', ')} |`;
    }),
    '',
  ];
}

interface DeclaredOperation {
  readonly name: string;
  readonly unavailable?: string;
}

function operationsOf(service: {
  readonly operations: Readonly<Record<string, DeclaredOperation>>;
}): readonly DeclaredOperation[] {
  return Object.values(service.operations);
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
