/** Policies of an organization: finding them, and what they must be. */
import type { Policy, PolicySummary } from '@aws-sdk/client-organizations';
import { parsePolicy } from '../../policy/document/parse-policy.ts';
import { policyArn } from './arns.ts';
import { fullAccessPolicies, isAwsPolicy } from './aws-policies.ts';
import { organizationsErrors } from './errors.ts';
import {
  organizationPolicies,
  type OrganizationRecord,
  type OrganizationsPorts,
  type PolicyRecord,
  type PolicyTypeName,
} from './ports.ts';

/** @throws PolicyNotFoundException */
export async function findPolicy(
  id: string | undefined,
  { ports }: { readonly ports: Pick<OrganizationsPorts, 'records'> },
): Promise<PolicyRecord> {
  const own = Object.values(fullAccessPolicies).find((policy) => policy.id === id);
  const found = own ?? (await ports.records.get(organizationPolicies, id ?? ''))?.value;
  if (found === undefined) throw organizationsErrors.policyNotFound();
  return found;
}

/** All of them, AWS's own first. */
export async function allPolicies({
  records,
}: Pick<OrganizationsPorts, 'records'>): Promise<readonly PolicyRecord[]> {
  const stored = await records.list(organizationPolicies, { limit: Infinity });
  return [...Object.values(fullAccessPolicies), ...stored.map(({ value }) => value)];
}

/** @throws InvalidInputException a type that is not available here. spec: ORG-TYPE-2 */
export function policyTypeOf(type: string | undefined): PolicyTypeName {
  if (type === 'SERVICE_CONTROL_POLICY' || type === 'RESOURCE_CONTROL_POLICY') return type;
  throw organizationsErrors.invalidInput({ message: 'You specified an invalid value: PolicyType.' });
}

/** Characters of a policy, as AWS counts them. spec: ORG-POLICY-2 */
const contentMaxLength = 5_120;

/** @throws MalformedPolicyDocumentException, ConstraintViolationException. spec: ORG-POLICY-2 */
export function assertContent(content: string, type: PolicyTypeName): void {
  if (content.length > contentMaxLength)
    throw organizationsErrors.constraint({
      message: 'You have exceeded the maximum size of a policy document.',
    });
  const parsed = parsePolicy(jsonOf(content), { type: type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp' });
  if (!parsed.ok) throw organizationsErrors.malformedPolicy();
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw organizationsErrors.malformedPolicy();
  }
}

export function policySummary(policy: PolicyRecord, tree: OrganizationRecord): PolicySummary {
  return {
    Id: policy.id,
    Arn: policyArn(policy, tree),
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: isAwsPolicy(policy.id),
  };
}

export function policyShape(policy: PolicyRecord, tree: OrganizationRecord): Policy {
  return { PolicySummary: policySummary(policy, tree), Content: policy.content };
}
