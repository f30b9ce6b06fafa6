import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const missingArnAccount = accessAnalyzerRule({
  code: 'missing-arn-account',
  issueCode: 'MISSING_ARN_ACCOUNT',
  severity: 'error',
  title: 'an ARN without the account that the service writes there',
  why: 'The ARNs of this service have an account, so one without it matches nothing.',
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
  *check({ policy }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      if (parts.length < 6 || !ownedServices.has(parts[2] ?? '') || parts[4] !== '') continue;
      yield {
        pointer,
        message: `\`${text}\` names no account, which every ARN of ${parts[2] ?? ''} has, so it matches nothing`,
        next: 'write the account ID, or `*`',
      };
    }
  },
});

const ownedServices: ReadonlySet<string> = new Set([
  'kms',
  'sns',
  'sqs',
  'config',
  'lambda',
  'dynamodb',
  'logs',
  'secretsmanager',
  'iam',
]);
