import type { Records, Stored } from '../records.ts';
import type { EntityKind } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { parseIamArn } from './iam-arn.ts';
import { nameKey, type EntityRecord } from './ports.ts';

/**
 * The role, user or group of this name, or `null`. Names are told apart by case here, although no two differ in
 * case only: a policy that names `config` does not mean `Config`.
 * spec: IAMAPI-NAME-1
 */
export async function findEntity<Record extends EntityRecord>(
  records: Records,
  kind: EntityKind<Record>,
  account: string,
  name: string,
): Promise<Stored<Record> | null> {
  const found = await records.get(kind.collection, nameKey(account, name));
  return found?.value.name === name ? found : null;
}

/** The entity with exactly this ARN, its path included; `null` if there is none. */
export async function findEntityByArn<Record extends EntityRecord>(
  records: Records,
  kind: EntityKind<Record>,
  arn: string,
): Promise<Stored<Record> | null> {
  const parts = parseIamArn(arn);
  if (parts?.kind !== kind.word) return null;
  const found = await findEntity(records, kind, parts.account, parts.name);
  return found?.value.arn === arn ? found : null;
}

/** @throws NoSuchEntity in IAM's words */
export function assertFound<Record extends EntityRecord>(
  found: Stored<Record> | null,
  kind: EntityKind<Record>,
  name: string | undefined,
): Stored<Record> {
  if (found === null) throw iamErrors.entityNotFound({ kind: kind.word, name: name ?? '' });
  return found;
}
