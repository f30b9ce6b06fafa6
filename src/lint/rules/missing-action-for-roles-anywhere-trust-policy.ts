import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import type { StatementView } from '../policy-view.ts';
import { reachesAction, servicePrincipals } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const missingActionForRolesAnywhereTrustPolicy = accessAnalyzerRule({
  code: 'missing-action-for-roles-anywhere-trust-policy',
  issueCode: 'MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY',
  severity: 'error',
  title: 'IAM Roles Anywhere is trusted with too few actions',
  why: 'The service principal rolesanywhere.amazonaws.com assumes the role, tags the session and sets its source identity; without all three it assumes nothing.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'rolesanywhere.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
        at: ['/Statement/0/Action'],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'rolesanywhere.amazonaws.com' },
            Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const trusting = policy.statements.filter(
      (statement) =>
        statement.effect === 'Allow' &&
        servicePrincipals(statement).some(({ text }) => text === 'rolesanywhere.amazonaws.com'),
    );
    const missing = neededActions.filter(
      (action) => !trusting.some((statement) => reachesAction(statement, action)),
    );
    const [first] = trusting;
    if (first === undefined || missing.length === 0) return;
    yield {
      pointer: `${first.pointer}${elementOf(first)}`,
      message: `IAM Roles Anywhere can't assume this role without \`${missing.join('` and `')}\``,
      next: `add \`${missing.join('` and `')}\``,
    };
  },
});

function elementOf({ actions, notActions }: StatementView): string {
  if (actions !== null) return '/Action';
  return notActions === null ? '' : '/NotAction';
}

const neededActions = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];
