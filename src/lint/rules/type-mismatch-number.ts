import { parseDecimal } from '../../policy/decimal.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { operatorFamily } from '../condition-operator.ts';

/** spec: LINT-AA-1 */
export const typeMismatchNumber = accessAnalyzerRule({
  code: 'type-mismatch-number',
  issueCode: 'TYPE_MISMATCH_NUMBER',
  severity: 'warning',
  title: 'a numeric condition value that is no number',
  why: 'The value matches no request.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:ListBucket',
            Resource: '*',
            Condition: { NumericLessThan: { 's3:max-keys': 'ten' } },
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
            Condition: { NumericLessThan: { 's3:max-keys': ['10', 7, '-1.5'] } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (operatorFamily(condition.base) !== 'Numeric') continue;
      for (const { text, pointer } of condition.values) {
        if (parseDecimal(text) !== null || text.includes('${')) continue;
        yield { pointer, message: `\`${text}\` is no number, so it matches nothing`, next: 'write digits' };
      }
    }
  },
});
