/**
 * AWS managed keys: made in an account when it first uses one of their predefined aliases.
 * spec: KMS-MANAGED-1, KMS-MANAGED-2, SNS-KMS-3
 */
import { parseAccountId } from '../../aws/account-id.ts';
import type { OperationContext } from '../operation.ts';
import { put } from '../records.ts';
import { aliases, keys, type KeyRecord, type KmsPorts } from './ports.ts';
import { newMaterial } from './new-key.ts';
import { nextRotationMillis, rotationPeriodDefaultDays } from './rotation.ts';

/** Per service: the words that DescribeKey shows. */
const managedKeys: Readonly<Record<string, { readonly description: string; readonly use: string }>> = {
  sns: { description: 'Default key that protects my SNS data when no other key is defined', use: 'SNS' },
  s3: { description: 'Default key that protects my S3 objects when no other key is defined', use: 'S3' },
};

/** True for `alias/aws/s3` and its kin, as far as there are services here that use them. */
export function isManagedAlias(alias: string): boolean {
  return managedServiceOf(alias) !== null;
}

/** The AWS managed key behind this alias in this account; made now if this is its first use. */
export async function findManagedKey(
  alias: string,
  accountText: string,
  context: OperationContext<KmsPorts>,
): Promise<KeyRecord | null> {
  const service = managedServiceOf(alias);
  const account = parseAccountId(accountText);
  const words = service === null ? undefined : managedKeys[service];
  if (service === null || account === null || words === undefined) return null;

  const { partition, region, ports } = context;
  const place = `arn:${partition}:kms:${region}:${account}`;
  const keyId = context.newUuid();
  const arn = `${place}:key/${keyId}`;
  const nowMillis = context.nowMillis();
  const key: KeyRecord = {
    arn,
    keyId,
    account,
    region,
    partition,
    description: words.description,
    manager: 'AWS',
    keyUsage: 'ENCRYPT_DECRYPT',
    keySpec: 'SYMMETRIC_DEFAULT',
    origin: 'AWS_KMS',
    isMultiRegion: false,
    state: 'Enabled',
    createdAtMillis: nowMillis,
    deletionAtMillis: null,
    policy: managedKeyPolicy({ partition, region, account, service, use: words.use }),
    tags: {},
    aliases: [alias],
    hasGrants: false,
    materials: [newMaterial(arn, context)],
    rotation: {
      periodDays: rotationPeriodDefaultDays,
      nextAtMillis: nextRotationMillis(nowMillis, rotationPeriodDefaultDays),
    },
  };
  const aliasArn = `${place}:${alias}`;
  const record = {
    arn: aliasArn,
    name: alias,
    targetArn: arn,
    createdAtMillis: nowMillis,
    updatedAtMillis: nowMillis,
  };
  const committed = await ports.records.commit([
    put(keys, arn, key, { ifRevision: 0 }),
    put(aliases, aliasArn, record, { ifRevision: 0 }),
  ]);
  if (committed === 'committed') return key;
  // Another request was first: its key is the account's key.
  const winner = await ports.records.get(aliases, aliasArn);
  return winner === null ? null : ((await ports.records.get(keys, winner.value.targetArn))?.value ?? null);
}

function managedServiceOf(alias: string): string | null {
  const prefix = 'alias/aws/';
  const service = alias.startsWith(prefix) ? alias.slice(prefix.length) : '';
  return Object.hasOwn(managedKeys, service) ? service : null;
}

/** The fixed policy: whoever may use the service in the account, through it; nobody else, and no service. */
function managedKeyPolicy(of: {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly service: string;
  readonly use: string;
}): string {
  const statements = [
    {
      Sid: `Allow access through ${of.use} for all principals in the account that are authorized to use ${of.use}`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': of.account,
          'kms:ViaService': `${of.service}.${of.region}.amazonaws.com`,
        },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${of.partition}:iam::${of.account}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
      Resource: '*',
    },
  ];
  return JSON.stringify(
    { Version: '2012-10-17', Id: `auto-${of.service}-2`, Statement: statements },
    null,
    2,
  );
}
