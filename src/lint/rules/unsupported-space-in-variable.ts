import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { variablesOf, variablePlaces } from '../variable.ts';

/** spec: LINT-AA-1 */
export const unsupportedSpaceInVariable = accessAnalyzerRule({
  code: 'unsupported-space-in-variable',
  issueCode: 'UNSUPPORTED_SPACE_IN_VARIABLE',
  severity: 'error',
  title: 'a space in the name of a policy variable',
  why: 'It names no key, so the text is compared letter by letter.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${ aws:username }/*' },
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
            Resource: "arn:aws:s3:::home/${aws:username, 'no body'}/*",
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const place of variablePlaces(policy)) {
      if (variablesOf(place).some(({ inner }) => inner !== null && /\s/.test(inner.replace(/,.*$/s, ''))))
        yield {
          pointer: place.pointer,
          message: `a variable in \`${place.text}\` has a space in its name`,
          next: 'remove the space',
        };
    }
  },
});
