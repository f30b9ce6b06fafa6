import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { oidcProviderOf } from '../federation.ts';

/** spec: LINT-AA-1 */
export const missingConditionKeyForOidcPrincipal = accessAnalyzerRule({
  code: 'missing-condition-key-for-oidc-principal',
  issueCode: 'MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL',
  severity: 'security-warning',
  title: 'an OIDC provider is trusted without saying for whom',
  why: 'Without a condition on a key of the provider, such as its `:aud` or `:sub`, everybody whom the provider knows may take on the role.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/idp.example.com' },
            Action: 'sts:AssumeRoleWithWebIdentity',
          },
        ],
        at: ['/Statement/0/Principal/Federated'],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/idp.example.com' },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { 'idp.example.com:aud': 'app' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const principal of statement.principals ?? []) {
        const provider = oidcProviderOf(principal);
        if (provider === null || statement.effect !== 'Allow') continue;
        if (statement.conditions.some(({ keyName }) => keyName.startsWith(`${provider.toLowerCase()}:`)))
          continue;
        yield {
          pointer: principal.pointer,
          message: `everybody whom \`${provider}\` knows may take on this role`,
          next: `add a condition on \`${provider}:aud\` or \`${provider}:sub\``,
        };
      }
    }
  },
});
