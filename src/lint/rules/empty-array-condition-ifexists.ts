import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { emptyConditions } from '../empty-array.ts';

/** spec: LINT-AA-1 */
export const emptyArrayConditionIfexists = accessAnalyzerRule({
  code: 'empty-array-condition-ifexists',
  issueCode: 'EMPTY_ARRAY_CONDITION_IFEXISTS',
  severity: 'suggestion',
  title: 'IfExists with an empty list of values',
  why: 'No value can match, so the condition holds exactly where the key is absent. Null says that in so many words.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEqualsIfExists: { 'aws:TagKeys': [] } },
          },
        ],
        at: ['/Statement/0/Condition/StringEqualsIfExists/aws:TagKeys'],
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
              StringEqualsIfExists: { 'aws:TagKeys': ['team'] },
              StringEquals: { 'aws:PrincipalArn': [] },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of emptyConditions(policy, 'IfExists')) {
      yield {
        pointer: condition.pointer,
        message: `\`${condition.operator}\` with an empty list holds only where ${condition.key} is absent`,
        next: `write \`"Null": { "${condition.key}": "true" }\` if that is meant`,
      };
    }
  },
});
