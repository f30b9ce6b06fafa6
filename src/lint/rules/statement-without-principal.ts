import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const statementWithoutPrincipal = accessAnalyzerRule({
  code: 'statement-without-principal',
  issueCode: 'MISSING_PRINCIPAL',
  severity: 'error',
  title: 'a statement of a resource policy without Principal',
  why: 'The statement is about nobody and has no effect; most services refuse it.',
  types: ['key', 'bucket', 'topic', 'trust', 'resource', 'rcp'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }],
        at: ['/Statement/0'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:Decrypt', Resource: '*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (statement.principals !== null || statement.notPrincipals !== null) continue;
      yield {
        pointer: statement.pointer,
        message: `${nameOf(statement)} has no Principal, so it is about nobody`,
        next: 'add `"Principal"`',
      };
    }
  },
});
