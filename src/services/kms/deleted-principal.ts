/** What KMS keeps of a user or role that is deleted: its unique ID. spec: IAMAPI-ID-2 */
import {
  idInsteadOf,
  withoutDeletedPrincipal,
  type DeletedPrincipal,
} from '../../policy/document/deleted-principal.ts';
import { put, type Change, type Records } from '../records.ts';
import { grants, keys } from './ports.ts';

/** The changes with which no key policy and no grant names the deleted principal by its ARN any more. */
export async function changesInKeys(records: Records, deleted: DeletedPrincipal): Promise<readonly Change[]> {
  const [storedKeys, storedGrants] = await Promise.all([
    records.list(keys, { limit: Infinity }),
    records.list(grants, { limit: Infinity }),
  ]);
  const ofKeys = storedKeys.flatMap(({ key, value, revision }) => {
    const policy = withoutDeletedPrincipal(value.policy, deleted);
    return policy === value.policy ? [] : [put(keys, key, { ...value, policy }, { ifRevision: revision })];
  });
  const ofGrants = storedGrants.flatMap(({ key, value, revision }) => {
    const granteePrincipal = idInsteadOf(value.granteePrincipal, deleted, true) ?? value.granteePrincipal;
    const { retiringPrincipal: retiring } = value;
    const retiringPrincipal = retiring === null ? null : (idInsteadOf(retiring, deleted, true) ?? retiring);
    return granteePrincipal === value.granteePrincipal && retiringPrincipal === retiring
      ? []
      : [put(grants, key, { ...value, granteePrincipal, retiringPrincipal }, { ifRevision: revision })];
  });
  return [...ofKeys, ...ofGrants];
}
