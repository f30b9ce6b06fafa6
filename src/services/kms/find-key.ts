/**
 * From what a request names (a key ID, an ARN, an alias) to the key.
 * spec: KMS-ID-1, KMS-ID-2, KMS-ID-3, KMS-ID-4
 */
import { parseAccountId } from '../../aws/account-id.ts';
import { parseArn } from '../../aws/arn.ts';
import type { OperationContext, World } from '../operation.ts';
import { put } from '../records.ts';
import { callerName } from '../../policy/caller-name.ts';
import { kmsErrors } from './errors.ts';
import { findManagedKey, isManagedAlias } from './managed-key.ts';
import { aliases, grants, keys, type GrantRecord, type KeyRecord, type KmsPorts } from './ports.ts';
import { withDueRotations } from './rotation.ts';

type Context = OperationContext<KmsPorts>;

/** A key with what authorising a request on it needs. */
export interface FoundKey {
  readonly key: KeyRecord;
  readonly grants: readonly GrantRecord[];
  /** The alias name (`alias/x`) if the request named one. */
  readonly requestAlias: string | null;
}

export interface KeyNaming {
  /** The action that is asked for, for the words of a refusal. */
  readonly action: string;
  /** Some operations take a key ID or key ARN only. */
  readonly takesAliases: boolean;
  /** Some operations work only on keys of the caller's own account, whatever policies say. */
  readonly worksAcrossAccounts: boolean;
}

/**
 * The key that `keyId` names, as this caller sees it.
 *
 * @throws NotFoundException, or AccessDeniedException where the key is another account's: there nobody learns whether it exists
 */
export async function findKey(keyId: string, naming: KeyNaming, context: Context): Promise<FoundKey> {
  const name = parseKeyId(keyId, naming, context);
  const isForeign = name.account !== context.caller.account;
  const hidden = () =>
    kmsErrors.deniedAcrossAccounts({ user: callerName(context.caller.principal), action: naming.action });
  if (isForeign && !naming.worksAcrossAccounts) throw hidden();

  if (name.kind === 'alias') {
    const alias = await context.ports.records.get(aliases, name.arn);
    const key =
      alias !== null
        ? await findStoredKey(alias.value.targetArn, context)
        : !isForeign && isManagedAlias(name.alias)
          ? await findManagedKey(name.alias, name.account, context)
          : null;
    if (key === null) throw isForeign ? hidden() : kmsErrors.aliasNotFound({ arn: name.arn });
    return { key, grants: await grantsOf(key, context), requestAlias: name.alias };
  }
  const key = await findStoredKey(name.arn, context);
  if (key === null) {
    if (isForeign) throw hidden();
    throw name.isWellFormed
      ? kmsErrors.keyDoesNotExist({ arn: name.arn })
      : kmsErrors.invalidKeyId({ keyId });
  }
  return { key, grants: await grantsOf(key, context), requestAlias: null };
}

/**
 * The key with this ARN, rotated if that is due, or `null`: there is none, or its waiting period before deletion is over.
 * spec: KMS-ROTATE-2
 */
export async function findStoredKey(
  arn: string,
  context: World & Pick<Context, 'ports'>,
): Promise<KeyRecord | null> {
  const { records } = context.ports;
  const stored = await records.get(keys, arn);
  if (stored === null || isGone(stored.value, context.nowMillis())) return null;
  const key = withDueRotations(stored.value, context);
  if (key === stored.value) return key;
  const committed = await records.commit([put(keys, arn, key, { ifRevision: stored.revision })]);
  // Another request was first: what it stored counts, its material above all.
  return committed === 'committed' ? key : findStoredKey(arn, context);
}

/** True when the waiting period of a scheduled deletion has ended. */
export function isGone(key: KeyRecord, nowMillis: number): boolean {
  return key.deletionAtMillis !== null && key.deletionAtMillis <= nowMillis;
}

/** Active grants on the key, without a look-up for a key that never had one. */
export async function grantsOf(
  key: KeyRecord,
  context: Pick<Context, 'ports'>,
): Promise<readonly GrantRecord[]> {
  if (!key.hasGrants) return [];
  const stored = await context.ports.records.list(grants, { prefix: `${key.arn}#`, limit: Infinity });
  return stored.map((grant) => grant.value);
}

/** The ARN of a key or alias in the account and Region where this request works. */
export function localArn(
  resource: string,
  context: Pick<Context, 'partition' | 'region' | 'caller'>,
): string {
  return `arn:${context.partition}:kms:${context.region}:${context.caller.account}:${resource}`;
}

type KeyName =
  /** A laid-out setup may hold key IDs that are no UUIDs: they are looked for before they are refused. */
  | { readonly kind: 'key'; readonly arn: string; readonly account: string; readonly isWellFormed: boolean }
  | { readonly kind: 'alias'; readonly arn: string; readonly account: string; readonly alias: string };

const keyIdForm = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;

function parseKeyId(keyId: string, naming: KeyNaming, context: Context): KeyName {
  if (keyId.startsWith('arn:')) return parseKeyArn(keyId, naming, context);
  const account = context.caller.account;
  if (keyId.startsWith('alias/') && naming.takesAliases)
    return { kind: 'alias', arn: localArn(keyId, context), account, alias: keyId };
  if (keyId.includes('/')) throw kmsErrors.invalidKeyId({ keyId });
  return {
    kind: 'key',
    arn: localArn(`key/${keyId}`, context),
    account,
    isWellFormed: keyIdForm.test(keyId),
  };
}

function parseKeyArn(text: string, naming: KeyNaming, context: Context): KeyName {
  const arn = parseArn(text);
  if (arn === null || arn.service !== 'kms' || parseAccountId(arn.account) === null)
    throw kmsErrors.invalidArn({ arn: text });
  if (arn.region !== context.region) throw kmsErrors.otherRegion({ region: arn.region });
  if (arn.resource.startsWith('alias/') && naming.takesAliases)
    return { kind: 'alias', arn: text, account: arn.account, alias: arn.resource };
  if (!arn.resource.startsWith('key/')) throw kmsErrors.invalidKeyId({ keyId: text });
  return {
    kind: 'key',
    arn: text,
    account: arn.account,
    isWellFormed: keyIdForm.test(arn.resource.slice(4)),
  };
}
