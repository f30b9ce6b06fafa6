import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const redundantConditionValueNum = accessAnalyzerRule({
  code: 'redundant-condition-value-num',
  issueCode: 'REDUNDANT_CONDITION_VALUE_NUM',
  severity: 'suggestion',
  title: 'several bounds for one comparison',
  why: 'Of several bounds only the widest counts, as any one of them suffices.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:ListBucket',
            Resource: '*',
            Condition: { NumericLessThan: { 's3:max-keys': ['10', '20'] } },
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
            Action: 's3:ListBucket',
            Resource: '*',
            Condition: { NumericEquals: { 's3:max-keys': ['10', '20'] } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (!/^(Numeric|Date)(Less|Greater)/.test(condition.base) || condition.values.length < 2) continue;
      yield {
        pointer: condition.pointer,
        message: `of the ${String(condition.values.length)} bounds for ${condition.key} only the widest counts`,
        next: 'keep one of them',
      };
    }
  },
});
