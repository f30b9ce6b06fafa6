import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnsLacking } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const missingArnRegion = accessAnalyzerRule({
  code: 'missing-arn-region',
  issueCode: 'MISSING_ARN_REGION',
  severity: 'error',
  title: 'an ARN without the Region that the service writes there',
  why: 'ARNs of this kind have a Region, so one without it matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: 'arn:aws:kms::111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
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
            Action: 'kms:Decrypt',
            Resource: ['arn:aws:kms:*:111122223333:key/*', 'arn:aws:s3:::a'],
          },
        ],
      },
    ],
  },
  check: (context) => arnsLacking('Region', context),
});
