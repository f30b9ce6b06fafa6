import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { isRepositoryFixed } from '../federation.ts';
import { looseEnds, type LooseEnd } from '../loose-end.ts';
import type { ConditionAt } from '../policy-view.ts';

/** spec: LINT-AA-1, LINT-AA-2 */
export const wildcardUsageTooPermissive = accessAnalyzerRule({
  code: 'wildcard-usage-too-permissive',
  issueCode: 'WILDCARD_USAGE_TOO_PERMISSIVE',
  severity: 'error',
  title: 'a wildcard where it lets in too much',
  why: 'In keys that name an account, an organization or a network, every wildcard can match any value. In the subject of a token at least six letters have to stand before it; in aws:userid it may stand for the whole ID or for the session.',
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*', 'aws:userid': 'AROA*' } },
          },
        ],
        at: [
          '/Statement/0/Condition/StringLike/aws:PrincipalOrgID',
          '/Statement/0/Condition/StringLike/aws:userid',
        ],
      },
      {
        type: 'trust',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: {
              StringLike: {
                'aws:PrincipalOrgPaths': 'o-exampleorgid/*',
                'aws:userid': ['AROAEXAMPLEID:*', '*:session'],
              },
            },
          },
        ],
      },
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
              StringLike: {
                'token.actions.githubusercontent.com:sub': 'repo:acme@*/audit@*:ref:refs/heads/main',
              },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of statement.conditions) {
        for (const { value, mark, fault } of looseEnds(condition, 'wildcard')) {
          if (fault === 'short-start' && isRepositoryFixed(statement)) continue;
          yield {
            pointer: value.pointer,
            message: messageOf(condition, value.text, mark, fault),
            next: nextOf[fault],
          };
        }
      }
    }
  },
});

function messageOf({ key }: ConditionAt, text: string, mark: string, fault: LooseEnd): string {
  if (fault === 'sensitive-key')
    return `no wildcard belongs into ${key}: \`${text}\` can match what nobody meant`;
  if (fault === 'user-id')
    return `\`${mark}\` in \`${text}\` also matches other IDs, not only their sessions`;
  return `fewer than six letters stand before \`${mark}\` in \`${text}\`, so it also matches what others own`;
}

const nextOf = {
  'sensitive-key': 'write the whole value',
  'user-id': 'write the whole ID before the colon, such as `AROAEXAMPLEID:*`',
  'short-start': 'write more of the value',
} as const satisfies Record<LooseEnd, string>;
