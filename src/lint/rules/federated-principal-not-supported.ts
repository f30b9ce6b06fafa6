import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const federatedPrincipalNotSupported = accessAnalyzerRule({
  code: 'federated-principal-not-supported',
  issueCode: 'FEDERATED_PRINCIPAL_NOT_SUPPORTED',
  severity: 'error',
  title: 'a federated principal outside of a trust policy',
  why: 'Identity providers are principals of trust policies only; elsewhere they match nobody.',
  types: ['bucket', 'key', 'topic', 'resource'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'accounts.google.com' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
          },
        ],
        at: ['/Statement/0/Principal/Federated'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { type, pointer } of statement.principals ?? []) {
        if (type === 'Federated')
          yield {
            pointer,
            message: 'an identity provider is a principal of trust policies only, so this matches nobody',
            next: 'name the role that its users take on',
          };
      }
    }
  },
});
