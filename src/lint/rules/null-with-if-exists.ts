import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const nullWithIfExists = accessAnalyzerRule({
  code: 'null-with-if-exists',
  issueCode: 'NULL_WITH_IF_EXISTS',
  severity: 'error',
  title: 'Null with IfExists',
  why: 'Null asks whether the key is there; IfExists has no meaning beside it and AWS refuses it.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { NullIfExists: { 'aws:TokenIssueTime': 'true' } },
          },
        ],
        at: ['/Statement/0/Condition/NullIfExists/aws:TokenIssueTime'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { Null: { 'aws:TokenIssueTime': 'true' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'Null' || !condition.ifExists) continue;
      yield {
        pointer: condition.pointer,
        message: '`NullIfExists` is no operator: Null itself asks whether the key is there',
        next: 'write `Null`',
      };
    }
  },
});
