import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const allowWithNotPrincipal = accessAnalyzerRule({
  code: 'allow-with-not-principal',
  issueCode: 'ALLOW_WITH_NOT_PRINCIPAL',
  severity: 'security-warning',
  title: 'Allow with NotPrincipal',
  why: 'It allows everyone who is not listed, people without any AWS account included.',
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            NotPrincipal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
          },
        ],
        at: ['/Statement/0/NotPrincipal/AWS'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Deny',
            NotPrincipal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [first] = statement.notPrincipals ?? [];
      if (statement.effect !== 'Allow' || first === undefined) continue;
      yield {
        pointer: first.pointer,
        message: `${nameOf(statement)} allows everyone but those listed, people without an account included`,
        next: 'name those who may in `Principal`',
      };
    }
  },
});
