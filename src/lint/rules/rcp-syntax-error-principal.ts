import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const rcpSyntaxErrorPrincipal = accessAnalyzerRule({
  code: 'rcp-syntax-error-principal',
  issueCode: 'RCP_SYNTAX_ERROR_PRINCIPAL',
  severity: 'error',
  title: 'a principal other than the star in a resource control policy',
  why: 'An RCP is about everyone; whom it spares is said in its conditions.',
  types: ['rcp'],
  examples: {
    wrong: [
      {
        type: 'rcp',
        policy: [{ Effect: 'Deny', Principal: { AWS: '111122223333' }, Action: 's3:*', Resource: '*' }],
        at: ['/Statement/0/Principal/AWS'],
      },
    ],
    right: [{ type: 'rcp', policy: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }] }],
  },
  *check({ policy }) {
    for (const { principals } of policy.statements) {
      for (const { text, pointer } of principals ?? []) {
        if (text === '*') continue;
        yield {
          pointer,
          message: `an RCP is about everyone, but \`${text}\` stands here`,
          next: 'write `"Principal": "*"` and a condition',
        };
      }
    }
  },
});
