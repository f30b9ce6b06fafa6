import type { CliCommand, CliOption } from '../command.ts';
import { baselineOptions } from '../suppressions/baseline-options.ts';

const severities = ['error', 'security-warning', 'warning', 'suggestion'] as const;

/** The same as a setup, without a file of its own. */
const shortForm: readonly CliOption[] = [
  { flags: '--account ID', summary: "the recorder's account" },
  { flags: '--region REGION', summary: "the recorder's Region" },
  { flags: '--role ROLE', summary: "the recorder's role: its ARN, its name, or `service-linked`" },
  { flags: '--bucket NAME', summary: "the channel's s3BucketName" },
  { flags: '--key ARN', summary: "the channel's s3KmsKeyArn" },
  { flags: '--prefix PREFIX', summary: "the channel's s3KeyPrefix" },
  { flags: '--key-policy FILE', summary: 'the policy of the key' },
  { flags: '--bucket-policy FILE', summary: 'the policy of the bucket' },
  { flags: '--role-policy FILE', summary: 'the policy of the role' },
  { flags: '--trust-policy FILE', summary: 'the trust policy of the role' },
];

const whatIf: readonly CliOption[] = [
  { flags: '--assume-role-arn ARN', summary: 'what if the recorder had this role (or `service-linked`)' },
  { flags: '--assume-key ARN', summary: 'what if the channel named this key' },
  { flags: '--assume-prefix PREFIX', summary: 'what if the channel had this prefix' },
  { flags: '--assume-account ID', summary: 'what if the recorder were in this account' },
];

export const checkCommand: CliCommand = {
  name: 'check',
  summary: 'says whether AWS Config will deliver, as whom, and if not, which statement is at fault',
  arguments: [
    {
      name: '[SETUP...]',
      summary:
        'setup documents, JSON or YAML, or what the AWS CLI printed (`aws kms get-key-policy`, ...; NAME=FILE says whose it is); `-` is standard input',
    },
  ],
  options: [
    ...shortForm,
    {
      flags: '--terraform-plan FILE',
      summary: 'a plan or state: what `terraform show -json` prints',
      isRepeatable: true,
    },
    {
      flags: '--template FILE',
      summary: 'a template of CloudFormation, SAM or cdk.out',
      isRepeatable: true,
    },
    { flags: '--parameters FILE', summary: 'values of the parameters of the templates' },
    {
      flags: '--live',
      summary: 'read the live account by read-only calls, with the credentials of the AWS CLI',
    },
    {
      flags: '--profile NAME',
      summary: 'with --live: a profile of the AWS CLI; several make one setup of several accounts',
      isRepeatable: true,
    },
    {
      flags: '--without-organization',
      summary: 'with --live: read no organization, and count no SCP or RCP',
    },
    { flags: '--dry-run', summary: 'with --live: print the IAM policy that it needs, and call nothing' },
    { flags: '--endpoint URL', summary: 'check what a running `sealpost serve` holds' },
    ...whatIf,
    {
      flags: '--format FORMAT',
      summary: 'how to write the report to standard output',
      default: 'text',
    },
    {
      flags: '--output FORMAT=FILE',
      summary: 'write the report into a file as well',
      isRepeatable: true,
    },
    { flags: '--watch', summary: 'check again whenever one of the files changes, until Ctrl-C' },
    { flags: '--explain', summary: 'show every layer and statement of each decision' },
    { flags: '--fix', summary: 'show the smallest change of the policies that makes it deliver' },
    {
      flags: '--for IDENTITY',
      summary: 'as whom it is to deliver with the fix; either unless given',
      choices: ['role', 'service-principal', 'either'],
    },
    { flags: '--write', summary: 'with --fix: make the change in the files' },
    { flags: '--allow-unknown', summary: 'exit with 0 where the verdict is unknown' },
    {
      flags: '--fail-on SEVERITY',
      summary: 'exit with 1 where there is a finding of this severity or a graver one',
      choices: severities,
    },
    {
      flags: '--config FILE',
      summary: 'the settings file; the nearest sealpost.config.json or .yaml unless given',
    },
    { flags: '--ignore-config', summary: 'read no settings file' },
    ...baselineOptions,
  ],
  examples: [
    { command: 'check setup.yaml', summary: 'Judge a setup' },
    {
      command:
        'check --account 111122223333 --region us-east-1 --role service-linked --bucket config-logs \\\n      --key arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab \\\n      --key-policy key.json --bucket-policy bucket.json',
      summary: 'Judge two policies, without a setup',
    },
    {
      command: 'check setup.yaml --assume-role-arn service-linked',
      summary: 'What if the recorder were moved to the service-linked role?',
    },
    {
      command: 'check setup.yaml --format json --output markdown=report.md',
      summary: 'For a program, and for people',
    },
    { command: 'check setup.yaml --fix --write', summary: 'Mend the policies' },
    { command: 'check setup.yaml --watch', summary: 'Check again after each edit of the setup or a policy' },
    {
      command: 'check setup.yaml --baseline sealpost-baseline.json --fail-on warning',
      summary: 'Tell only the findings that are new',
    },
    {
      command: 'check --live --profile log-archive --profile workload',
      summary: 'Will the accounts that run now deliver?',
    },
    { command: 'check --endpoint http://127.0.0.1:4566', summary: 'What would a running server deliver?' },
  ],
  run: async (input, terminal) => (await import('./check/run-check.ts')).runCheck(input, terminal),
};
