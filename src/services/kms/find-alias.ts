/** An alias with the key that it points to. */
import type { OperationContext } from '../operation.ts';
import type { Stored } from '../records.ts';
import { kmsErrors } from './errors.ts';
import { findStoredKey, grantsOf, localArn, type FoundKey } from './find-key.ts';
import { aliases, type AliasRecord, type KmsPorts } from './ports.ts';

export interface FoundAlias {
  readonly alias: Stored<AliasRecord>;
  /** `null`: the key is gone. */
  readonly target: FoundKey | null;
}

/** @throws NotFoundException the caller's account has no alias of this name in this Region */
export async function findAlias(name: string, context: OperationContext<KmsPorts>): Promise<FoundAlias> {
  const arn = localArn(name, context);
  const alias = await context.ports.records.get(aliases, arn);
  if (alias === null) throw kmsErrors.aliasNotFound({ arn });
  const key = await findStoredKey(alias.value.targetArn, context);
  const target = key === null ? null : { key, grants: await grantsOf(key, context), requestAlias: null };
  return { alias, target };
}
