import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { isRepositoryFixed } from '../federation.ts';
import type { StatementView } from '../policy-view.ts';
import { conditionsOn, isNegated } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const specificGithubRepoAndBranchRecommended = accessAnalyzerRule({
  code: 'specific-github-repo-and-branch-recommended',
  issueCode: 'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED',
  severity: 'warning',
  title: 'a wildcard in the repositories that are trusted, or no branch',
  why: 'Every repository, branch or pull request that the pattern matches may take on the role. A subject of an environment names no branch; the key of the branch is token.actions.githubusercontent.com:ref.',
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
            Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub'],
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
              StringLike: {
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
      for (const condition of conditionsOn(statement, 'token.actions.githubusercontent.com:sub')) {
        if (condition.base === 'Null' || isNegated(condition)) continue;
        for (const { text, pointer } of condition.values) {
          // Of a repository that is fixed by its ID only the branch is left to name.
          const open = isRepositoryFixed(statement) ? text.replace(/^.*(?=:ref:)/, '') : text;
          const isPattern = condition.base.endsWith('Like') && hasWildcard(open);
          if (!isPattern && (text.includes(':ref:') || namesBranch(statement))) continue;
          yield {
            pointer,
            message: isPattern
              ? `whatever matches \`${text}\` on GitHub may take on this role`
              : `every branch that runs as \`${text}\` may take on this role`,
            next: isPattern
              ? 'name the repository and the branch'
              : 'name the branch too, in `token.actions.githubusercontent.com:ref`',
          };
        }
      }
    }
  },
});

function namesBranch(statement: StatementView): boolean {
  return conditionsOn(statement, 'token.actions.githubusercontent.com:ref').length > 0;
}
