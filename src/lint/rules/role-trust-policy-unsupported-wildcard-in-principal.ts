import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { everyone } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const roleTrustPolicyUnsupportedWildcardInPrincipal = accessAnalyzerRule({
  code: 'role-trust-policy-unsupported-wildcard-in-principal',
  issueCode: 'ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
  severity: 'error',
  title: 'anyone may take on the role',
  why: 'A star in a trust policy lets principals of every AWS account take on the role.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
        at: ['/Statement/0/Principal/AWS'],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [star] = everyone(statement);
      if (statement.effect !== 'Allow' || star === undefined) continue;
      if (
        statement.conditions.some(({ keyName }) => /^aws:(principal|source)(org|account|arn)/.test(keyName))
      )
        continue;
      yield {
        pointer: star.pointer,
        message: 'principals of every AWS account may take on this role',
        next: 'name the principals that may',
      };
    }
  },
});
