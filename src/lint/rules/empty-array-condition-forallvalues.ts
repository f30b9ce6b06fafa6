import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { emptyConditions } from '../empty-array.ts';

/** spec: LINT-AA-1 */
export const emptyArrayConditionForallvalues = accessAnalyzerRule({
  code: 'empty-array-condition-forallvalues',
  issueCode: 'EMPTY_ARRAY_CONDITION_FORALLVALUES',
  severity: 'suggestion',
  title: 'ForAllValues with an empty list of values',
  why: 'All of no values match: the condition holds exactly where the key is absent. Null says that in so many words.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [] } },
          },
        ],
        at: ['/Statement/0/Condition/ForAllValues:StringEquals/aws:TagKeys'],
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
              'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
              StringEquals: { 'aws:PrincipalArn': [] },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of emptyConditions(policy, 'ForAllValues')) {
      yield {
        pointer: condition.pointer,
        message: `\`${condition.operator}\` with an empty list holds only where ${condition.key} is absent`,
        next: `write \`"Null": { "${condition.key}": "true" }\` if that is meant`,
      };
    }
  },
});
