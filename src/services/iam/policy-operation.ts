/** What the operations on managed policies share. */
import type { Stored } from '../records.ts';
import { put } from '../records.ts';
import { attempt } from './change-entity.ts';
import { identityDocumentFault } from './documents/identity-document.ts';
import { iamErrors } from './errors.ts';
import { countedCharacters, managedPolicyMaxCharacters } from './limits.ts';
import { findPolicy } from './managed-policies.ts';
import { iamPermission, resourceTagKeys, type IamContext } from './permission.ts';
import { policies, type PolicyRecord } from './ports.ts';

/** A policy of the caller's account, or of AWS where `found` is `null` and the ARN is AWS's. */
export async function resolvePolicy(
  arn: string | undefined,
  context: IamContext,
): Promise<Stored<PolicyRecord> | null> {
  const found = await findPolicy(context.ports.records, arn ?? '');
  return found?.value.account === context.caller.account ? found : null;
}

export function policyPermission(
  action: string,
  arn: string | undefined,
  found: Stored<PolicyRecord> | null,
  context: IamContext,
) {
  return [iamPermission(action, arn ?? '', context, resourceTagKeys(found?.value.tags))];
}

/** @throws MalformedPolicyDocument, LimitExceeded: what IAM would not store as a managed policy */
export function assertPolicyDocument(document: string): void {
  const message = identityDocumentFault(document);
  if (message !== null) throw iamErrors.malformedPolicy({ message });
  // spec: IAMAPI-QUOTA-1
  if (countedCharacters(document) > managedPolicyMaxCharacters) {
    throw iamErrors.quota({ quota: 'PolicySize', limit: String(managedPolicyMaxCharacters) });
  }
}

/** Reads, changes and stores a customer managed policy. @throws NoSuchEntity */
export async function changePolicy(
  arn: string | undefined,
  context: IamContext,
  change: (current: PolicyRecord) => PolicyRecord,
): Promise<PolicyRecord> {
  return await attempt(async () => {
    const found = await resolvePolicy(arn, context);
    if (found === null) throw iamErrors.policyNotFound({ arn: arn ?? '' });
    const next = change(found.value);
    const outcome = await context.ports.records.commit([
      put(policies, found.key, next, { ifRevision: found.revision }),
    ]);
    return outcome === 'committed' ? next : null;
  });
}
