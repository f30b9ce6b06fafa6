import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { claimConditions } from '../federation.ts';

/** spec: LINT-AA-1 */
export const foranyvalueWithAudienceClaimType = accessAnalyzerRule({
  code: 'foranyvalue-with-audience-claim-type',
  issueCode: 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE',
  severity: 'security-warning',
  title: 'ForAnyValue with the audience of a token, which is one value',
  why: 'ForAnyValue is meant for keys with several values; with one it only hides that a token for another audience could slip in beside it.',
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
            Condition: {
              'ForAnyValue:StringEquals': { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
            },
          },
        ],
        at: ['/Statement/0/Condition/ForAnyValue:StringEquals/token.actions.githubusercontent.com:aud'],
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
            Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of claimConditions(statement, 'aud')) {
        if (condition.qualifier !== 'ForAnyValue') continue;
        yield {
          pointer: condition.pointer,
          message: `${condition.key} has one value, and \`${condition.operator}\` is for keys with several`,
          next: `write \`${condition.operator.replace('ForAnyValue:', '')}\``,
        };
      }
    }
  },
});
