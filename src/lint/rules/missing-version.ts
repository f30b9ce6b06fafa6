import { accessAnalyzerPage } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { statementTexts } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const missingVersion: LintRule = {
  code: 'missing-version',
  issueCode: 'MISSING_VERSION',
  severity: 'warning',
  title: 'the policy has no Version',
  why: 'Without Version a policy is of 2008-10-17: newer features, policy variables among them, do not work in it. IAM refuses to store an identity policy of that version.',
  url: accessAnalyzerPage('warning', 'MISSING_VERSION'),
  examples: {
    wrong: [
      {
        type: 'key',
        policy: {
          Statement: [
            { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
          ],
        },
        at: [''],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }],
      },
    ],
  },
  *check({ policy }) {
    if (policy.version !== null) return;
    // With a variable in it the policy would mean something else: then it is for its owner to say.
    const usesVariables = policy.statements.some((statement) =>
      [...statementTexts(statement)].some(({ text }) => text.includes('${')),
    );
    yield {
      pointer: '',
      message: 'the policy has no Version, so it is read as of 2008-10-17',
      next: 'add `"Version": "2012-10-17"`',
      ...(usesVariables
        ? {}
        : {
            fix: {
              summary: 'add Version 2012-10-17',
              patch: [{ op: 'add', path: '/Version', value: '2012-10-17' }],
            },
          }),
    };
  },
};
