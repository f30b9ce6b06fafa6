import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const specificGithubRepoAndBranchRecommended = accessAnalyzerRule({
  code: 'specific-github-repo-and-branch-recommended',
  issueCode: 'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED',
  severity: 'warning',
  title: 'a wildcard in the repositories that are trusted',
  why: 'Every repository, branch or pull request that the pattern matches may take on the role.',
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
        for (const { text, pointer } of condition.values) {
          if (condition.base.endsWith('Like') && hasWildcard(text))
            yield {
              pointer,
              message: `whatever matches \`${text}\` on GitHub may take on this role`,
              next: 'name the repository and the branch',
            };
        }
      }
    }
  },
});
