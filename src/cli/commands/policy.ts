import type { CliCommand } from '../command.ts';

export const policyCommand: CliCommand = {
  name: 'policy',
  summary: 'writes the policies that AWS Config needs to deliver, and no more',
  arguments: [{ name: '<KIND>', summary: 'key, bucket, role, trust, topic or all' }],
  options: [
    {
      flags: '--for IDENTITY',
      summary: 'as whom AWS Config is to deliver',
      choices: ['role', 'service-principal', 'both'],
      default: 'service-principal',
    },
    { flags: '--account ID[,ID...]', summary: 'the accounts that have recorders' },
    { flags: '--region REGION[,REGION...]', summary: 'the Regions that have recorders; all unless given' },
    { flags: '--bucket NAME', summary: "the channel's s3BucketName" },
    { flags: '--prefix PREFIX', summary: "the channel's s3KeyPrefix" },
    { flags: '--key ARN', summary: 'the key that encrypts the bucket' },
    { flags: '--topic ARN', summary: "the channel's snsTopicARN" },
    { flags: '--organization ID', summary: 'let in the organization, beside or instead of accounts' },
    { flags: '--bucket-account ID', summary: "the bucket's account; the key's unless given" },
    { flags: '--acls', summary: "the bucket's object ownership leaves ACLs in force" },
    { flags: '--role ROLE', summary: "the recorder's role: its ARN, or its name in each account" },
    { flags: '--into FILE', summary: 'keep the other statements of this policy' },
    { flags: '--from FILE', summary: "fill this sample's placeholders instead of making a policy" },
    { flags: '--set NAME=VALUE', summary: 'what to write for a placeholder of --from', isRepeatable: true },
    {
      flags: '--format FORMAT',
      summary: 'how to print it: json unless given; with --into as the file is',
      choices: ['json', 'yaml', 'terraform', 'cloudformation'],
    },
  ],
  examples: [
    {
      command:
        'policy key --account 111122223333 --region us-east-1 \\\n      --key arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      summary: 'A key policy for the service principal, that is for the service-linked role',
    },
    {
      command:
        'policy all --for both --role config --account 111122223333,444455556666 --bucket config-logs \\\n      --key arn:aws:kms:us-east-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      summary: 'All policies for two accounts that deliver into an archive account',
    },
    {
      command:
        'policy key --from sample.json --set sourceAccountID=111122223333 --set myKMSKeyARN=arn:aws:kms:...',
      summary: "Fill in the placeholders of AWS's sample",
    },
  ],
  run: async (input, terminal) => (await import('./policy/run-policy.ts')).runPolicy(input, terminal),
};
