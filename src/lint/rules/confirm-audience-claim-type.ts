import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { claimConditions } from '../federation.ts';

/** spec: LINT-AA-1 */
export const confirmAudienceClaimType = accessAnalyzerRule({
  code: 'confirm-audience-claim-type',
  issueCode: 'CONFIRM_AUDIENCE_CLAIM_TYPE',
  severity: 'suggestion',
  title: 'a condition on the audience of a token, to be looked at',
  why: 'Some identity providers send one audience, some send several. The plain operator is right for one; several need ForAnyValue or ForAllValues.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/token.actions.githubusercontent.com:aud'],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: {
                'token.actions.githubusercontent.com:sub': 'repo:acme/audit:ref:refs/heads/main',
              },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of claimConditions(statement, 'aud')) {
        if (condition.qualifier !== null || condition.base === 'Null') continue;
        yield {
          pointer: condition.pointer,
          message: `the plain \`${condition.operator}\` is right where the provider sends one ${condition.key}, as most do`,
          next: 'look up whether tokens of this provider have one audience or several',
        };
      }
    }
  },
});
