import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const invalidArnRegion = accessAnalyzerRule({
  code: 'invalid-arn-region',
  issueCode: 'INVALID_ARN_REGION',
  severity: 'error',
  title: 'an ARN of a Region that does not exist',
  why: 'It matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kms:us-est1:111122223333:key/*' },
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
            Action: 'kms:Decrypt',
            Resource: ['arn:aws:kms:us-*:111122223333:key/*', 'arn:aws:kms:us-gov-west-1:111122223333:key/*'],
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      const region = parts[3] ?? '';
      if (
        parts.length < 6 ||
        region === '' ||
        hasWildcard(region) ||
        region.includes('${') ||
        /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)
      )
        continue;
      if (region === 'aws' || region === 'global') continue;
      yield {
        pointer,
        message: `\`${region}\` in \`${text}\` is no Region, so the ARN matches nothing`,
        next: 'write it as `us-east-1`',
      };
    }
  },
});
