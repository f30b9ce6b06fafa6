/** Keys to and from the setup document: what `--setup` lays out and what `/_sealpost/setup` shows. */
import { parseAccountId } from '../../aws/account-id.ts';
import { parseArn } from '../../aws/arn.ts';
import type { World } from '../operation.ts';
import { put, type Change, type Records } from '../records.ts';
import { isGone } from './find-key.ts';
import { defaultKeyPolicy } from './key-policy.ts';
import { newMaterial } from './new-key.ts';
import {
  aliases,
  grants,
  keys,
  type GrantRecord,
  type KeyRecord,
  type KeyState,
  type KmsPorts,
} from './ports.ts';

/** A key of a setup, its policy resolved to an object. */
export interface KeyEntry {
  readonly arn: string;
  readonly policy?: unknown;
  readonly keyState?: KeyState;
  readonly aliases?: readonly string[];
  readonly grants?: readonly GrantEntry[];
}

export interface GrantEntry {
  readonly grantId?: string;
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  readonly retiringPrincipal?: string | null;
  readonly constraints?: {
    readonly encryptionContextSubset?: Readonly<Record<string, string>> | null;
    readonly encryptionContextEquals?: Readonly<Record<string, string>> | null;
  } | null;
}

/** The changes that store this key, whatever AWS would say of its policy. @throws {RangeError} its ARN is no key's */
export function layOutKey(entry: KeyEntry, context: World & { readonly ports: KmsPorts }): readonly Change[] {
  const arn = parseArn(entry.arn);
  const account = parseAccountId(arn?.account ?? '');
  if (arn?.service !== 'kms' || account === null || !arn.resource.startsWith('key/'))
    throw new RangeError(`${entry.arn} is not the ARN of a key`);
  const nowMillis = context.nowMillis();
  const state = entry.keyState ?? 'Enabled';
  const keyGrants = (entry.grants ?? []).map((grant) => grantRecord(grant, entry.arn, context));
  const key: KeyRecord = {
    arn: entry.arn,
    keyId: arn.resource.slice('key/'.length),
    account,
    region: arn.region,
    partition: arn.partition,
    description: '',
    manager: 'CUSTOMER',
    keyUsage: 'ENCRYPT_DECRYPT',
    keySpec: 'SYMMETRIC_DEFAULT',
    origin: state === 'PendingImport' ? 'EXTERNAL' : 'AWS_KMS',
    isMultiRegion: arn.resource.startsWith('key/mrk-'),
    state,
    createdAtMillis: nowMillis,
    deletionAtMillis: state === 'PendingDeletion' ? nowMillis + 30 * 86_400_000 : null,
    policy:
      entry.policy === undefined ? defaultKeyPolicy(arn.partition, account) : JSON.stringify(entry.policy),
    tags: {},
    aliases: [...(entry.aliases ?? [])].sort(),
    hasGrants: keyGrants.length > 0,
    materials: state === 'PendingImport' ? [] : [newMaterial(entry.arn, context)],
  };
  const place = `arn:${arn.partition}:kms:${arn.region}:${account}`;
  return [
    put(keys, key.arn, key),
    ...key.aliases.map((name) =>
      put(aliases, `${place}:${name}`, {
        arn: `${place}:${name}`,
        name,
        targetArn: key.arn,
        createdAtMillis: nowMillis,
        updatedAtMillis: nowMillis,
      }),
    ),
    ...keyGrants.map((grant) => put(grants, `${key.arn}#${grant.grantId}`, grant)),
  ];
}

/**
 * Every customer managed key that can encrypt a bucket as an entry of a setup, in the order of the ARNs. A setup has no
 * word for the others; as its entries they would seem to be symmetric, and a bucket under them to take deliveries.
 */
export async function keyEntries(records: Records, nowMillis: number): Promise<readonly KeyEntry[]> {
  const stored = await records.list(keys, { limit: Infinity });
  const shown = stored.filter(
    ({ value }) =>
      value.manager === 'CUSTOMER' && value.keySpec === 'SYMMETRIC_DEFAULT' && !isGone(value, nowMillis),
  );
  return Promise.all(
    shown.map(async ({ value: key }) => ({
      arn: key.arn,
      policy: JSON.parse(key.policy) as unknown,
      keyState: key.state,
      aliases: key.aliases,
      grants: key.hasGrants ? await grantEntries(records, key) : [],
    })),
  );
}

async function grantEntries(records: Records, key: KeyRecord): Promise<readonly GrantEntry[]> {
  const stored = await records.list(grants, { prefix: `${key.arn}#`, limit: Infinity });
  return stored.map(({ value }) => ({
    grantId: value.grantId,
    granteePrincipal: value.granteePrincipal,
    operations: value.operations,
    retiringPrincipal: value.retiringPrincipal,
    constraints: {
      encryptionContextSubset: value.encryptionContextSubset,
      encryptionContextEquals: value.encryptionContextEquals,
    },
  }));
}

function grantRecord(entry: GrantEntry, keyArn: string, world: World): GrantRecord {
  const arn = parseArn(keyArn);
  return {
    grantId: entry.grantId ?? world.newToken(64, '0123456789abcdef'),
    keyArn,
    name: null,
    granteePrincipal: entry.granteePrincipal,
    retiringPrincipal: entry.retiringPrincipal ?? null,
    issuingAccount: `arn:${arn?.partition ?? 'aws'}:iam::${arn?.account ?? ''}:root`,
    operations: entry.operations,
    encryptionContextSubset: entry.constraints?.encryptionContextSubset ?? null,
    encryptionContextEquals: entry.constraints?.encryptionContextEquals ?? null,
    createdAtMillis: world.nowMillis(),
    tokens: [],
  };
}
