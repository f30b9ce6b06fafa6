import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnsLacking } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const missingArnAccount = accessAnalyzerRule({
  code: 'missing-arn-account',
  issueCode: 'MISSING_ARN_ACCOUNT',
  severity: 'error',
  title: 'an ARN without the account that the service writes there',
  why: 'ARNs of this kind have an account, so one without it matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: 'arn:aws:kms:us-east-1::key/1234abcd-12ab-34cd-56ef-1234567890ab',
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
            Resource: ['arn:aws:kms:us-east-1:*:key/*', 'arn:aws:s3:::a'],
          },
        ],
      },
    ],
  },
  check: (context) => arnsLacking('account', context),
});
