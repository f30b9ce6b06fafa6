/** Managed policies, whoever owns them: customers' are stored, AWS's own are carried with the product. */
import { findManagedPolicy } from '../../aws/managed-policies/managed-policy.ts';
import { parseArn } from '../../aws/arn.ts';
import type { Records, Stored } from '../records.ts';
import { iamErrors } from './errors.ts';
import { parseIamArn } from './iam-arn.ts';
import { nameKey, policies, type PolicyRecord } from './ports.ts';

/** The customer managed policy with exactly this ARN, or `null`. */
export async function findPolicy(records: Records, arn: string): Promise<Stored<PolicyRecord> | null> {
  const parts = parseIamArn(arn);
  if (parts?.kind !== 'policy') return null;
  const found = await records.get(policies, nameKey(parts.account, parts.name));
  return found?.value.arn === arn ? found : null;
}

/** The text of the version in force. */
export function defaultDocument(policy: PolicyRecord): string {
  return policy.versions.find((version) => version.id === policy.defaultVersionId)?.document ?? '';
}

export type AttachablePolicy =
  { readonly owner: 'aws' } | { readonly owner: 'customer'; readonly found: Stored<PolicyRecord> };

/**
 * The policy that is to be attached, or to become a boundary.
 *
 * An AWS managed policy whose content we don't carry is refused as if it did not exist: attached, it would leave
 * every decision about its bearer unknown.
 *
 * @throws ValidationError not an ARN; NoSuchEntity no policy of this account or of AWS
 */
export async function attachablePolicy(
  records: Records,
  account: string,
  arn: string,
): Promise<AttachablePolicy> {
  // spec: IAMAPI-ATTACH-1
  if (parseArn(arn) === null) throw iamErrors.arnNotParsed();
  if (findManagedPolicy(arn) !== null) return { owner: 'aws' };
  const found = await findPolicy(records, arn);
  if (found?.value.account !== account) throw iamErrors.policyNotAttachable({ arn });
  return { owner: 'customer', found };
}
