/**
 * Session policies: what a session is narrowed to.
 * spec: STS-POLICY-1, STS-POLICY-2
 */
import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import type { StoredPolicy } from '../operation.ts';
import { stsErrors } from './errors.ts';
import type { Roles } from './ports.ts';

const sessionPolicyMaxCharacters = 2048;

/** The session policies of a request, or `null` if it has none. @throws MalformedPolicyDocument, PackedPolicyTooLarge */
export async function sessionPoliciesOf(
  input: AssumeRoleRequest,
  account: string,
  roles: Roles,
): Promise<readonly StoredPolicy[] | null> {
  const { Policy: text, PolicyArns: arns = [] } = input;
  if (text === undefined && arns.length === 0) return null;
  const percent = packedPercent(input);
  if (percent > 100) throw stsErrors.packedPolicyTooLarge({ percent: String(percent) });
  const policies: StoredPolicy[] = [];
  if (text !== undefined) {
    const message = roles.policyFault(text);
    if (message !== null) throw stsErrors.malformedPolicy({ message });
    policies.push({ text, arn: input.RoleArn ?? '', label: 'the session policy' });
  }
  for (const { arn = '' } of arns) {
    const policy = await roles.findManagedPolicy(arn, account);
    if (policy === null) throw stsErrors.policyNotFound({ arn });
    policies.push(policy);
  }
  // How several work together is the engine's to say.
  return policies;
}

/** How much of the allotted space a request takes, in percent. AWS packs the policies first, so that its figure is another. */
export function packedPercent({ Policy: text = '', PolicyArns: arns = [] }: AssumeRoleRequest): number {
  const characters = text.length + arns.reduce((sum, { arn = '' }) => sum + arn.length, 0);
  return Math.ceil((characters * 100) / sessionPolicyMaxCharacters);
}
