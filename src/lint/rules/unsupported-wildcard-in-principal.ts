import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const unsupportedWildcardInPrincipal = accessAnalyzerRule({
  code: 'unsupported-wildcard-in-principal',
  issueCode: 'UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
  severity: 'error',
  title: 'a wildcard within a principal',
  why: 'A principal is a star or a whole name; `role/*` matches nobody, and AWS refuses it. A pattern belongs in a condition on aws:PrincipalArn.',
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/*' },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
        at: ['/Statement/0/Principal/AWS'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '*', Service: 'config.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { text, pointer } of [...(statement.principals ?? []), ...(statement.notPrincipals ?? [])]) {
        if (text === '*' || !hasWildcard(text) || /^\*+[^*]+\*+$/.test(text)) continue;
        yield {
          pointer,
          message: `\`${text}\` is no whole principal, so it matches nobody`,
          next: 'name the principal, or write `*` with a condition `ArnLike` on aws:PrincipalArn',
        };
      }
    }
  },
});
