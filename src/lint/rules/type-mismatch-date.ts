import { parseInstant } from '../../policy/instant.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { operatorFamily } from '../condition-operator.ts';

/** spec: LINT-AA-1 */
export const typeMismatchDate = accessAnalyzerRule({
  code: 'type-mismatch-date',
  issueCode: 'TYPE_MISMATCH_DATE',
  severity: 'warning',
  title: 'a date condition value that is no date',
  why: 'The value matches no request.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } },
          },
        ],
        at: ['/Statement/0/Condition/DateLessThan/aws:CurrentTime'],
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
              DateLessThan: { 'aws:CurrentTime': ['2026-11-25T00:00:00Z', '2026-11-25', '1764028800'] },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (operatorFamily(condition.base) !== 'Date') continue;
      for (const { text, pointer } of condition.values) {
        if (parseInstant(text) !== null || text.includes('${')) continue;
        yield {
          pointer,
          message: `\`${text}\` is no date, so it matches nothing`,
          next: 'write it as `2026-11-25T00:00:00Z`',
        };
      }
    }
  },
});
