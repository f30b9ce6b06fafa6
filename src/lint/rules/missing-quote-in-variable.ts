import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { variablesOf, variablePlaces } from '../variable.ts';

/** spec: LINT-AA-1 */
export const missingQuoteInVariable = accessAnalyzerRule({
  code: 'missing-quote-in-variable',
  issueCode: 'MISSING_QUOTE_IN_VARIABLE',
  severity: 'error',
  title: 'the default of a policy variable without quotes',
  why: "A default stands in single quotes: `${aws:username, 'nobody'}`.",
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::home/${aws:username, nobody}/*',
          },
        ],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: "arn:aws:s3:::home/${aws:username, 'nobody'}/*",
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const place of variablePlaces(policy)) {
      if (
        variablesOf(place).some(
          ({ inner }) => inner !== null && inner.includes(',') && !/, *'[^']*'$/.test(inner),
        )
      )
        yield {
          pointer: place.pointer,
          message: `the default of a variable in \`${place.text}\` does not stand in single quotes`,
          next: "write it as `${aws:username, 'nobody'}`",
        };
    }
  },
});
