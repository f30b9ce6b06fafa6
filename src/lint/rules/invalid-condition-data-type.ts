import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const invalidConditionDataType = accessAnalyzerRule({
  code: 'invalid-condition-data-type',
  issueCode: 'INVALID_CONDITION_DATA_TYPE',
  severity: 'error',
  title: 'values of different JSON types in one list',
  why: 'AWS wants texts, numbers or Booleans in a list, not a mixture.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': ['111122223333', 444455556666] } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:SourceAccount'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:ListBucket',
            Resource: '*',
            Condition: { NumericEquals: { 's3:max-keys': [1, 2] } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (new Set(condition.values.map(({ value }) => typeof value)).size < 2) continue;
      yield {
        pointer: condition.pointer,
        message: `the values of ${condition.key} are of different JSON types`,
        next: 'write them all in double quotes',
      };
    }
  },
});
