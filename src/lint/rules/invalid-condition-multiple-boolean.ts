import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const invalidConditionMultipleBoolean = accessAnalyzerRule({
  code: 'invalid-condition-multiple-boolean',
  issueCode: 'INVALID_CONDITION_MULTIPLE_BOOLEAN',
  severity: 'error',
  title: 'several values for Bool',
  why: 'true and false together always hold, and AWS refuses the list.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': ['true', 'false'] } },
          },
        ],
        at: ['/Statement/0/Condition/Bool/aws:SecureTransport'],
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
            Condition: { Bool: { 'aws:SecureTransport': ['true'] } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'Bool' || condition.values.length < 2) continue;
      yield {
        pointer: condition.pointer,
        message: `Bool compares ${condition.key} with one value, here stand ${String(condition.values.length)}`,
        next: 'keep one of them',
      };
    }
  },
});
