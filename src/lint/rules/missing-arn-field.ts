import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const missingArnField = accessAnalyzerRule({
  code: 'missing-arn-field',
  issueCode: 'MISSING_ARN_FIELD',
  severity: 'error',
  title: 'an ARN with too few parts',
  why: 'An ARN has six parts, parted by colons; empty ones keep their colon.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:config-logs' }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::config-logs', 'arn:aws:s3:*'] },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      if (parts[0] !== 'arn' || parts.length >= 6 || hasWildcard(parts.at(-1) ?? '')) continue;
      yield {
        pointer,
        message: `\`${text}\` has ${String(parts.length)} of the six parts of an ARN, so it matches nothing`,
        next: 'write it as `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; for S3 `arn:aws:s3:::BUCKET`',
      };
    }
  },
});
