/** What S3 keeps of a user or role that is deleted: its unique ID. spec: IAMAPI-ID-2 */
import { withoutDeletedPrincipal, type DeletedPrincipal } from '../../policy/document/deleted-principal.ts';
import { put, type Change, type Records } from '../records.ts';
import { buckets } from './ports.ts';

/** The changes with which no bucket policy names the deleted principal by its ARN any more. */
export async function changesInBuckets(
  records: Records,
  deleted: DeletedPrincipal,
): Promise<readonly Change[]> {
  const stored = await records.list(buckets, { limit: Infinity });
  return stored.flatMap(({ key, value, revision }) => {
    if (value.policy === null) return [];
    const policy = withoutDeletedPrincipal(value.policy, deleted);
    return policy === value.policy ? [] : [put(buckets, key, { ...value, policy }, { ifRevision: revision })];
  });
}
