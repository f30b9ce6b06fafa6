/** What SNS keeps of a user or role that is deleted: its unique ID. spec: IAMAPI-ID-2 */
import { withoutDeletedPrincipal, type DeletedPrincipal } from '../../policy/document/deleted-principal.ts';
import { put, type Change, type Records } from '../records.ts';
import { topics } from './ports.ts';

/** The changes with which no topic policy names the deleted principal by its ARN any more. */
export async function changesInTopics(
  records: Records,
  deleted: DeletedPrincipal,
): Promise<readonly Change[]> {
  const stored = await records.list(topics, { limit: Infinity });
  return stored.flatMap(({ key, value, revision }) => {
    if (value.policy === null) return [];
    const policy = withoutDeletedPrincipal(value.policy, deleted);
    return policy === value.policy ? [] : [put(topics, key, { ...value, policy }, { ifRevision: revision })];
  });
}
