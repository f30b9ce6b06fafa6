import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { operatorFamily } from '../condition-operator.ts';

/** spec: LINT-AA-1 */
export const invalidDateValue = accessAnalyzerRule({
  code: 'invalid-date-value',
  issueCode: 'INVALID_DATE_VALUE',
  severity: 'warning',
  title: 'a date given as a bare number',
  why: 'A number is read as seconds since 1970; a year or milliseconds written like this mean another time.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { DateLessThan: { 'aws:CurrentTime': '2027' } },
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
            Condition: { DateLessThan: { 'aws:EpochTime': '1764028800' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (operatorFamily(condition.base) !== 'Date') continue;
      for (const { text, pointer } of condition.values) {
        // Seconds of the years 1973 to 5138; what is outside was meant as a year or as milliseconds.
        if (!/^\d+$/.test(text) || (Number(text) >= 1e8 && Number(text) < 1e11)) continue;
        yield {
          pointer,
          message: `\`${text}\` is read as seconds since 1970`,
          next: 'write the date as `2026-11-25T00:00:00Z`',
        };
      }
    }
  },
});
