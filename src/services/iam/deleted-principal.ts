/** What other things keep of a user or role that is deleted: its unique ID. spec: IAMAPI-ID-2 */
import { withoutDeletedPrincipal, type DeletedPrincipal } from '../../policy/document/deleted-principal.ts';
import { put, type Change } from '../records.ts';
import { roles, type IamPorts } from './ports.ts';

/**
 * The changes with which nothing that is stored names the deleted principal by its ARN any more: trust policies here,
 * and what other services keep. They belong into the commit that deletes it.
 */
export async function changesForDeleted(
  { records, principalMentions }: IamPorts,
  deleted: DeletedPrincipal,
): Promise<readonly Change[]> {
  const stored = await records.list(roles, { limit: Infinity });
  const trusting = stored.flatMap(({ key, value, revision }) => {
    // A role that is deleted takes its own trust policy along.
    if (value.arn === deleted.arn) return [];
    const trustPolicy = withoutDeletedPrincipal(value.trustPolicy, deleted);
    return trustPolicy === value.trustPolicy
      ? []
      : [put(roles, key, { ...value, trustPolicy }, { ifRevision: revision })];
  });
  return [...trusting, ...(await principalMentions.changesForDeleted(deleted))];
}
