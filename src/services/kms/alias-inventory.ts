/**
 * Aliases as AWS Config records them.
 * spec: CFG-ITEM-4, CFG-ITEM-6, CFG-RECORD-7
 */
import { parseArn } from '../../aws/arn.ts';
import type { Records } from '../records.ts';
import { aliases, keys, type AliasRecord } from './ports.ts';

/** A resource in the members that a configuration item needs from its service. */
export interface AliasInventoryItem {
  readonly resourceType: 'AWS::KMS::Alias';
  /** `alias/x` */
  readonly resourceId: string;
  readonly resourceName: string;
  readonly arn: string;
  readonly awsRegion: string;
  readonly availabilityZone: string;
  readonly resourceCreationTimeMillis: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, never>>;
  /** An alias goes with its key. */
  readonly endsAtMillis: number | null;
}

/** Every alias of this account and Region whose key exists at `nowMillis`, in the order of their names. */
export async function aliasInventory(
  records: Records,
  of: {
    readonly partition: string;
    readonly account: string;
    readonly region: string;
    readonly nowMillis: number;
  },
): Promise<readonly AliasInventoryItem[]> {
  const prefix = `arn:${of.partition}:kms:${of.region}:${of.account}:alias/`;
  const stored = await records.list(aliases, { prefix, limit: Infinity });
  const described = await Promise.all(stored.map(({ value }) => describeAlias(records, value)));
  return described.filter(({ endsAtMillis }) => endsAtMillis === null || endsAtMillis > of.nowMillis);
}

/** One alias, under the names of its CloudFormation type. */
export async function describeAlias(records: Records, alias: AliasRecord): Promise<AliasInventoryItem> {
  const target = parseArn(alias.targetArn);
  const key = (await records.get(keys, alias.targetArn))?.value ?? null;
  return {
    resourceType: 'AWS::KMS::Alias',
    resourceId: alias.name,
    resourceName: alias.name,
    arn: alias.arn,
    awsRegion: parseArn(alias.arn)?.region ?? '',
    availabilityZone: 'Not Applicable',
    resourceCreationTimeMillis: alias.createdAtMillis,
    tags: {},
    configuration: {
      AliasName: alias.name,
      TargetKeyId: target?.resource.replace(/^key\//, '') ?? alias.targetArn,
    },
    supplementaryConfiguration: {},
    endsAtMillis: key?.deletionAtMillis ?? null,
  };
}
