import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-PRINCIPAL-3 */
export const denyWithNotPrincipal: LintRule = {
  code: 'deny-with-not-principal',
  severity: 'warning',
  title: 'Deny with NotPrincipal',
  why: 'AWS advises against it: a role is exempt only if its account, the role and the session are all listed, and whoever has a permissions boundary is always denied.',
  url: awsPages.notPrincipal,
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Deny',
            NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/config' },
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
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/config' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [first] = statement.notPrincipals ?? [];
      if (statement.effect !== 'Deny' || first === undefined) continue;
      yield {
        pointer: first.pointer,
        message: `${nameOf(statement)} also denies listed roles that have a permissions boundary, and those whose account or session is not listed`,
        next: 'write `"Principal": "*"` with `ArnNotEquals` on aws:PrincipalArn, and spare AWS services',
      };
    }
  },
};
