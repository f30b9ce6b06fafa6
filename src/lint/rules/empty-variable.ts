import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { variablesOf, variablePlaces } from '../variable.ts';

/** spec: LINT-AA-1 */
export const emptyVariable = accessAnalyzerRule({
  code: 'empty-variable',
  issueCode: 'EMPTY_VARIABLE',
  severity: 'error',
  title: 'a policy variable without a name',
  why: 'It stands for nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${}/*' }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${*}/*' }],
      },
    ],
  },
  *check({ policy }) {
    for (const place of variablePlaces(policy)) {
      if (variablesOf(place).some(({ inner }) => inner?.trim() === ''))
        yield {
          pointer: place.pointer,
          message: `a variable in \`${place.text}\` names no key`,
          next: 'write the key between the braces',
        };
    }
  },
});
