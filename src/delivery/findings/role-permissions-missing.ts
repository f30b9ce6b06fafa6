import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';

/** spec: DLV-DELEGATE-1 */
export const rolePermissionsMissing: DeliveryRule = {
  code: 'role-permissions-missing',
  severity: 'error',
  title:
    "the key policy names the role's account, and the role's own policies don't allow the use of the key",
  why: "A key policy that names an account (twelve digits, or its `:root` ARN) only leaves the question to that account's IAM policies. The role needs the same actions in a policy of its own.",
  url: awsPages.configKeyPolicy,
  *find({ phases, situation }) {
    if (situation.isServiceLinked) return;
    for (const { attempts, outcome: phaseOutcome } of phases) {
      const role = attempts.find(({ identity }) => identity === 'role');
      const step = role?.steps.find(
        ({ step: planned, outcome, reason }) =>
          planned.target === 'key' && outcome === 'denied' && reason === 'no-identity-allow',
      );
      const delegating = step?.decision.statements.find(
        ({ layer, effect, matched }) => layer === 'resource' && effect === 'Allow' && matched === 'yes',
      );
      if (step === undefined || delegating === undefined) continue;
      const { source, pointer } = { source: delegating.policy.source, pointer: delegating.pointer };
      yield {
        // Where the service principal delivers, the role may be meant to fail.
        severity: phaseOutcome === 'allowed' ? 'suggestion' : 'error',
        message: `the key policy leaves the decision to the account's IAM policies, and none of the role's own allows ${step.action} on the key`,
        next: `allow \`kms:GenerateDataKey\` and \`kms:Decrypt\` on \`${step.resource}\` in a policy of the role, or name the role itself in the key policy`,
        source,
        pointer,
      };
      return;
    }
  },
};
