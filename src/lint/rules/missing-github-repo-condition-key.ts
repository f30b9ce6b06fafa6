import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const missingGithubRepoConditionKey = accessAnalyzerRule({
  code: 'missing-github-repo-condition-key',
  issueCode: 'MISSING_GITHUB_REPO_CONDITION_KEY',
  severity: 'security-warning',
  title: 'GitHub Actions is trusted without naming a repository',
  why: 'Workflows of any repository on GitHub may take on the role.',
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
            Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
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
            Principal: {
              Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: {
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
      const provider = (statement.principals ?? []).find(
        ({ type, text }) => type === 'Federated' && text.endsWith('token.actions.githubusercontent.com'),
      );
      if (statement.effect !== 'Allow' || provider === undefined) continue;
      if (
        statement.conditions.some(({ keyName }) =>
          /^token\.actions\.githubusercontent\.com:(sub|repository|repository_owner|repository_id|job_workflow_ref)$/.test(
            keyName,
          ),
        )
      )
        continue;
      yield {
        pointer: provider.pointer,
        message: 'workflows of any repository on GitHub may take on this role',
        next: 'add a condition on `token.actions.githubusercontent.com:sub`',
      };
    }
  },
});
