import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts, isBucketOrObject } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const arnRegionNotAllowed = accessAnalyzerRule({
  code: 'arn-region-not-allowed',
  issueCode: 'ARN_REGION_NOT_ALLOWED',
  severity: 'error',
  title: 'a Region in an ARN of a service whose ARNs have none',
  why: 'The ARNs of this service leave the Region empty, so one that has it matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:us-east-1::config-logs/*' },
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
      const region = parts[3];
      if (prefix !== 'arn' || parts.length < 6 || region === undefined || /^\**$/.test(region)) continue;
      if (service !== 'iam' && !isBucketOrObject(service ?? '', resource)) continue;
      yield {
        pointer,
        message: `\`${text}\` names the Region \`${region}\`, which ARNs of ${service ?? ''} leave empty, so it matches nothing`,
        next: 'leave it empty and keep the colon',
      };
    }
  },
});
