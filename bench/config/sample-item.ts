import { parseAccountId } from '../../src/aws/account-id.ts';
import type { ItemRecord } from '../../src/services/config/ports.ts';

const account = parseAccountId('111122223333');
if (account === null) throw new Error('not an account ID');

export const samplePlace = { account, region: 'us-east-1' } as const;

/** Made up for the bench: one large type, one middling, many small ones. */
const resourceTypes = [
  ...Array.from({ length: 60 }, () => 'AWS::EC2::NetworkInterface'),
  ...Array.from({ length: 29 }, () => 'AWS::EC2::Volume'),
  ...Array.from({ length: 10 }, () => 'AWS::S3::Bucket'),
  'AWS::KMS::Key',
] as const;

/** The n-th item of a made-up inventory, some 1.2 KB as JSON, IDs in no order. */
export function sampleItem(n: number): ItemRecord {
  const resourceType = resourceTypes[n % resourceTypes.length] ?? 'AWS::S3::Bucket';
  const resourceId = `r-${((n * 2_654_435_761) % 4_294_967_296).toString(16)}-${String(n)}`;
  return {
    ...samplePlace,
    awsRegion: samplePlace.region,
    capturedAtMillis: 1_770_000_000_000 + n,
    status: 'ResourceDiscovered',
    resourceType,
    resourceId,
    resourceName: `name-${String(n)}`,
    arn: `arn:aws:example:us-east-1:111122223333:thing/${resourceId}`,
    availabilityZone: 'us-east-1a',
    resourceCreatedAtMillis: 1_760_000_000_000 + n,
    tags: { team: `team-${String(n % 50)}`, stage: n % 2 === 0 ? 'prod' : 'test' },
    relationships: [
      {
        resourceType: 'AWS::EC2::VPC',
        resourceId: `vpc-${String(n % 100)}`,
        resourceName: null,
        name: 'Is contained in Vpc',
      },
    ],
    configuration: {
      size: n % 1000,
      encrypted: n % 3 === 0,
      state: { value: n % 5 === 0 ? 'available' : 'in-use' },
      rules: [
        { port: 443, protocol: 'tcp' },
        { port: n % 65_536, protocol: 'udp' },
      ],
      description: 'x'.repeat(400),
    },
    supplementaryConfiguration: {
      BucketVersioningConfiguration: { status: n % 2 === 0 ? 'Enabled' : 'Off' },
    },
  };
}
