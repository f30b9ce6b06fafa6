import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts, isBucketOrObject } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const arnAccountNotAllowed = accessAnalyzerRule({
  code: 'arn-account-not-allowed',
  issueCode: 'ARN_ACCOUNT_NOT_ALLOWED',
  severity: 'error',
  title: 'an account in an ARN of a service whose ARNs have none',
  why: 'The ARNs of this service leave the account empty, so one that has it matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3::111122223333:config-logs/*' },
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
            Action: '*',
            Resource: [
              'arn:aws:s3:::config-logs/*',
              'arn:aws:s3:us-east-1:111122223333:accesspoint/a',
              'arn:aws:iam::111122223333:role/a',
              'arn:aws:s3:*:*:a',
            ],
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      const [prefix, , service, , , resource = ''] = parts;
      const account = parts[4];
      if (prefix !== 'arn' || parts.length < 6 || account === undefined || /^\**$/.test(account)) continue;
      if (!isBucketOrObject(service ?? '', resource)) continue;
      yield {
        pointer,
        message: `\`${text}\` names the account \`${account}\`, which ARNs of ${service ?? ''} leave empty, so it matches nothing`,
        next: 'leave it empty and keep the colon',
      };
    }
  },
});
