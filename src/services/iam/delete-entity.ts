import { remove, type Change, type Records } from '../records.ts';
import { attempt } from './change-entity.ts';
import type { EntityKind } from './entity-kind.ts';
import { iamErrors } from './errors.ts';
import { assertFound, findEntity } from './find-entity.ts';
import type { EntityRecord } from './ports.ts';

/**
 * Deletes an entity that carries no policies any more.
 *
 * @param check throws for what else is in the way; gives what else belongs into the commit
 */
export async function deleteEntity<Record extends EntityRecord>(
  records: Records,
  kind: EntityKind<Record>,
  account: string,
  name: string | undefined,
  check: (record: Record) => Promise<readonly Change[]>,
): Promise<void> {
  await attempt(async () => {
    const found = assertFound(await findEntity(records, kind, account, name ?? ''), kind, name);
    const along = await check(found.value);
    // spec: IAMAPI-DELETE-1
    if (found.value.attachedPolicies.length > 0) throw iamErrors.mustDetachPolicies();
    if (found.value.inlinePolicies.length > 0) throw iamErrors.mustDeletePolicies();
    const removal = remove(kind.collection, found.key, { ifRevision: found.revision });
    return (await records.commit([removal, ...along])) === 'committed' ? true : null;
  });
}
