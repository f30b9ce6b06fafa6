import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { operatorFamily } from '../condition-operator.ts';

/** spec: LINT-AA-1 */
export const invalidVariableForOperator = accessAnalyzerRule({
  code: 'invalid-variable-for-operator',
  issueCode: 'INVALID_VARIABLE_FOR_OPERATOR',
  severity: 'error',
  title: 'a policy variable under an operator that takes none',
  why: 'Variables are replaced under String and Arn operators; elsewhere the text is no value of the type and matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:ListBucket',
            Resource: '*',
            Condition: { NumericLessThan: { 's3:max-keys': '${aws:EpochTime}' } },
          },
        ],
        at: ['/Statement/0/Condition/NumericLessThan/s3:max-keys'],
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
            Condition: { StringEquals: { 'aws:PrincipalTag/a': '${aws:username}' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      const family = operatorFamily(condition.base);
      if (family === null || family === 'String' || family === 'ARN' || family === 'Bool') continue;
      for (const { text, pointer } of condition.values) {
        if (text.includes('${'))
          yield {
            pointer,
            message: `\`${condition.operator}\` takes no policy variables, so \`${text}\` matches nothing`,
            next: 'write the value',
          };
      }
    }
  },
});
