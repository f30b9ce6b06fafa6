import { compareDecimals, parseDecimal, type Decimal } from '../../policy/decimal.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import type { ConditionAt, ValueAt } from '../policy-view.ts';

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
      const widest = widestOf(condition);
      yield {
        pointer: condition.pointer,
        message: `of the ${String(condition.values.length)} bounds for ${condition.key} only the widest counts`,
        next: widest === null ? 'keep one of them' : `keep \`${widest.text}\``,
        ...(widest === null
          ? {}
          : {
              fix: {
                summary: `keep \`${widest.text}\` of the bounds for ${condition.key}`,
                patch: [{ op: 'replace', path: condition.pointer, value: widest.value }],
              },
            }),
      };
    }
  },
});

/** The bound that the others are within; `null` where one of them can't be compared. */
function widestOf({ base, values }: ConditionAt): ValueAt | null {
  const bounds = values.map((value) => ({ value, number: parseDecimal(value.text) }));
  const direction = base.startsWith('NumericLess') ? 1 : -1;
  let widest: { readonly value: ValueAt; readonly number: Decimal } | null = null;
  for (const { value, number } of bounds) {
    if (number === null) return null;
    if (widest === null || direction * compareDecimals(number, widest.number) > 0) widest = { value, number };
  }
  return widest?.value ?? null;
}
