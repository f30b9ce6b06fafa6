import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-KMS-5 */
export const keyStatementWithoutResource: LintRule = {
  code: 'key-statement-without-resource',
  issueCode: 'MISSING_RESOURCE',
  severity: 'error',
  title: 'a statement of a key policy lacks Resource or Action',
  why: 'KMS stores a statement without Resource or Action, and it has no effect.',
  url: awsPages.keyPolicyOverview,
  types: ['key'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*' }],
        at: ['/Statement/0'],
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
    for (const statement of policy.statements) {
      const missing = [
        ...(statement.resources === null && statement.notResources === null ? ['Resource'] : []),
        ...(statement.actions === null && statement.notActions === null ? ['Action'] : []),
      ];
      if (missing.length === 0) continue;
      yield {
        pointer: statement.pointer,
        message: `${nameOf(statement)} has no ${missing.join(' and no ')}, so it has no effect in a key policy`,
        next: missing.includes('Resource')
          ? 'add `"Resource": "*"`, which means this key'
          : 'add the actions that it is about',
      };
    }
  },
};
