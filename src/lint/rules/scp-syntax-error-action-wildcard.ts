import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const scpSyntaxErrorActionWildcard = accessAnalyzerRule(
  {
    code: 'scp-syntax-error-action-wildcard',
    issueCode: 'SCP_SYNTAX_ERROR_ACTION_WILDCARD',
    severity: 'warning',
    title: 'a wildcard in the middle of an action of an SCP',
    why: "AWS's pages disagree on whether an SCP takes a wildcard that is not at the end of an action; Access Analyzer reports it.",
    types: ['scp'],
    examples: {
      wrong: [
        {
          type: 'scp',
          policy: [{ Effect: 'Deny', Action: 's3:*Acl', Resource: '*' }],
          at: ['/Statement/0/Action'],
        },
      ],
      right: [{ type: 'scp', policy: [{ Effect: 'Deny', Action: ['s3:Put*', '*'], Resource: '*' }] }],
    },
    *check({ policy }) {
      for (const statement of policy.statements) {
        for (const { text, pointer } of [...(statement.actions ?? []), ...(statement.notActions ?? [])]) {
          if (!hasWildcard(text.slice(0, -1))) continue;
          yield {
            pointer,
            message: `\`${text}\` has a wildcard that is not at its end, which not every page of AWS allows in an SCP`,
            next: 'name the actions, or put the wildcard at the end',
          };
        }
      }
    },
  },
  'error',
);
