import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const missingArnRegion = accessAnalyzerRule({
  code: 'missing-arn-region',
  issueCode: 'MISSING_ARN_REGION',
  severity: 'error',
  title: 'an ARN without the Region that the service writes there',
  why: 'The ARNs of this service have a Region, so one without it matches nothing.',
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
  *check({ policy }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      if (parts.length < 6 || !regionalServices.has(parts[2] ?? '') || parts[3] !== '') continue;
      yield {
        pointer,
        message: `\`${text}\` names no Region, which every ARN of ${parts[2] ?? ''} has, so it matches nothing`,
        next: 'write the Region, or `*`',
      };
    }
  },
});

const regionalServices: ReadonlySet<string> = new Set([
  'kms',
  'sns',
  'sqs',
  'config',
  'lambda',
  'dynamodb',
  'logs',
  'secretsmanager',
]);
