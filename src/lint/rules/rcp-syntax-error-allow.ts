import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const rcpSyntaxErrorAllow = accessAnalyzerRule({
  code: 'rcp-syntax-error-allow',
  issueCode: 'RCP_SYNTAX_ERROR_ALLOW',
  severity: 'error',
  title: 'an Allow in a resource control policy',
  why: "Customers' RCPs only deny; the one Allow is in AWS's own RCPFullAWSAccess.",
  types: ['rcp'],
  examples: {
    wrong: [
      {
        type: 'rcp',
        policy: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }],
        at: ['/Statement/0'],
      },
    ],
    right: [
      {
        type: 'rcp',
        policy: [
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const isFullAccess =
        statement.actions?.every(({ text }) => text === '*') === true &&
        statement.resources?.every(({ text }) => text === '*') === true &&
        statement.conditions.length === 0;
      if (statement.effect !== 'Allow' || isFullAccess) continue;
      yield {
        pointer: statement.pointer,
        message: `${nameOf(statement)} is an Allow, and RCPs of customers only deny`,
        next: 'write it as a Deny of the rest',
      };
    }
  },
});
