import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { emptyConditions } from '../empty-array.ts';

/** spec: LINT-AA-1 */
export const emptyArrayCondition = accessAnalyzerRule({
  code: 'empty-array-condition',
  issueCode: 'EMPTY_ARRAY_CONDITION',
  severity: 'suggestion',
  title: 'a condition with an empty list of values',
  why: 'No value can match, so that the condition never holds or, negated, always does.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': [] } },
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
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': ['111122223333'] } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of emptyConditions(policy, 'plain')) {
      yield {
        pointer: condition.pointer,
        message: `${condition.key} is compared with an empty list, so no value can match`,
        next: 'name the values, or remove the condition',
      };
    }
  },
});
