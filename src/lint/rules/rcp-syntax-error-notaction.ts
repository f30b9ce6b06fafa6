import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const rcpSyntaxErrorNotaction = accessAnalyzerRule({
  code: 'rcp-syntax-error-notaction',
  issueCode: 'RCP_SYNTAX_ERROR_NOTACTION',
  severity: 'error',
  title: 'NotAction in a resource control policy',
  why: 'AWS Organizations refuses it.',
  types: ['rcp'],
  examples: {
    wrong: [
      {
        type: 'rcp',
        policy: [{ Effect: 'Deny', Principal: '*', NotAction: 's3:GetObject', Resource: '*' }],
        at: ['/Statement/0/NotAction'],
      },
    ],
    right: [{ type: 'rcp', policy: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }] }],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (statement.notActions === null) continue;
      yield {
        pointer: `${statement.pointer}/NotAction`,
        message: 'an RCP takes no NotAction, AWS Organizations refuses it',
        next: 'list the actions in `Action`',
      };
    }
  },
});
