import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { isProvider } from '../federation.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/** spec: LINT-AA-1 */
export const invalidFederatedPrincipalSyntaxInRoleTrustPolicy = accessAnalyzerRule({
  code: 'invalid-federated-principal-syntax-in-role-trust-policy',
  issueCode: 'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
  severity: 'error',
  title: 'a federated principal that is neither a domain name nor the ARN of a provider',
  why: 'A federated principal is the domain of a provider that AWS knows, or the ARN of a SAML or OIDC provider in the account. IAM refuses anything else.',
  types: ['trust'],
  examples: {
    wrong: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Federated: ['arn:aws:iam::111122223333:role/config', 'corp'] },
            Action: 'sts:AssumeRoleWithSAML',
          },
        ],
        at: ['/Statement/0/Principal/Federated/0', '/Statement/0/Principal/Federated/1'],
      },
    ],
    right: [
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              Federated: [
                'arn:aws:iam::111122223333:saml-provider/corp',
                'arn:aws:iam::111122223333:oidc-provider/idp.example.com/realms/a',
              ],
            },
            Action: 'sts:AssumeRoleWithSAML',
          },
          {
            Effect: 'Allow',
            Principal: { Federated: 'cognito-identity.amazonaws.com' },
            Action: 'sts:AssumeRoleWithWebIdentity',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { type, text, pointer } of statement.principals ?? []) {
        if (type !== 'Federated' || isProvider(text)) continue;
        // Other rules speak of these.
        if (hasWildcard(text) || text.includes('${') || placeholderIn(text) !== null) continue;
        yield {
          pointer,
          message: `\`${text}\` is neither the domain name of an identity provider nor the ARN of one`,
          next: 'write a domain such as `accounts.google.com`, or `arn:aws:iam::ACCOUNT:saml-provider/NAME`',
        };
      }
    }
  },
});
