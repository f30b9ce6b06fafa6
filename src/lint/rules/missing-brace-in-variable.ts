import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { variablesOf, variablePlaces } from '../variable.ts';

/** spec: LINT-AA-1 */
export const missingBraceInVariable = accessAnalyzerRule({
  code: 'missing-brace-in-variable',
  issueCode: 'MISSING_BRACE_IN_VARIABLE',
  severity: 'error',
  title: 'a policy variable without its closing brace',
  why: 'It is no variable, so the text is compared letter by letter.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username/*' }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const place of variablePlaces(policy)) {
      if (variablesOf(place).some(({ inner }) => inner === null))
        yield {
          pointer: place.pointer,
          message: `a variable in \`${place.text}\` is not closed, so the text is compared letter by letter`,
          next: 'add `}`',
        };
    }
  },
});
