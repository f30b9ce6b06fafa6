import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { emptyConditions } from '../empty-array.ts';

/** spec: LINT-AA-1 */
export const emptyArrayConditionForanyvalue = accessAnalyzerRule({
  code: 'empty-array-condition-foranyvalue',
  issueCode: 'EMPTY_ARRAY_CONDITION_FORANYVALUE',
  severity: 'suggestion',
  title: 'ForAnyValue with an empty list of values',
  why: 'No value matches one of none, so the condition never holds.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [] } },
          },
        ],
        at: ['/Statement/0/Condition/ForAnyValue:StringEquals/aws:TagKeys'],
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
            Condition: {
              'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] },
              StringEquals: { 'aws:PrincipalArn': [] },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of emptyConditions(policy, 'ForAnyValue')) {
      yield {
        pointer: condition.pointer,
        message: `\`${condition.operator}\` with an empty list never holds, so the statement has no effect`,
        next: 'name the values, or remove the statement',
      };
    }
  },
});
