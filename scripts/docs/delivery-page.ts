import { obstacles, type Obstacle } from '../../src/delivery/obstacles.ts';
import { deliveryPlan, phases, type Delivery, type DeliveryStep } from '../../src/delivery/plan.ts';

const organization = { kind: 'none' } as const;
const account = '111122223333';
const region = 'us-east-1';
const key = {
  arn: `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  account,
  organization,
};

/** Everything that a delivery can have, so that every step applies. */
const sample: Delivery = {
  partition: 'aws',
  account,
  region,
  organization,
  roleArn: `arn:aws:iam::${account}:role/config`,
  bucket: {
    name: 'config-logs',
    region,
    account,
    organization,
    areAclsEnabled: true,
    isBucketKeyEnabled: false,
  },
  prefix: null,
  channelKey: key.arn,
  key,
  topic: { arn: `arn:aws:sns:${region}:${account}:config`, region, account, organization, key },
  atMillis: Date.parse('2026-03-07T09:15:00Z'),
  configSnapshotId: '16da64e4-cb65-4846-b061-e6c3ba43cb96',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'example',
};

/** docs/delivery.md: what AWS Config does to deliver, from the table that check and server read. */
export function deliveryPage(): string {
  return [
    '# What AWS Config does to deliver',
    '',
    'Every request, in order. `check` judges these rows and the worker of `serve` sends them; each cites its',
    'requirement in [spec/delivery.md](../spec/delivery.md). A phase is tried as the role, then as the service principal;',
    "where the role can't be assumed, there is no second attempt.",
    '',
    ...phases.flatMap((phase) => [
      `## ${phase}`,
      '',
      '| action | resource | as role | as service principal | required | requirement |',
      '|---|---|---|---|---|---|',
      ...deliveryPlan.filter((step) => step.phase === phase).map(row),
      '',
    ]),
    '## What no policy can change',
    '',
    'Reasons of steps and codes of findings beside those of the policies.',
    '',
    '| code | what | outcome | requirement |',
    '|---|---|---|---|',
    ...Object.entries<Obstacle>(obstacles).map(
      ([code, { title, outcome, spec }]) => `| \`${code}\` | ${title} | ${outcome} | ${spec} |`,
    ),
    '',
  ].join('\n');
}

function row(step: DeliveryStep): string {
  const as = (identity: 'role' | 'service-principal'): string => (step.as.includes(identity) ? 'yes' : '-');
  const resource = step
    .resource(sample)
    .replace(/^arn:aws:s3:::config-logs\/?/, 'bucket ')
    .trim();
  const shown = step.target === 'object' ? `\`${resource.replace(/^bucket /, '')}\`` : step.target;
  return `| ${step.action} | ${shown} | ${as('role')} | ${as('service-principal')} | ${step.required(sample)} | ${step.spec.join(', ')} |`;
}
