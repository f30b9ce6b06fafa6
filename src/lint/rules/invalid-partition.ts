import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const invalidPartition = accessAnalyzerRule({
  code: 'invalid-partition',
  issueCode: 'INVALID_PARTITION',
  severity: 'error',
  title: 'a partition that AWS does not have',
  why: 'The second part of an ARN is `aws`, or `aws-cn`, `aws-us-gov` and the like.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:asw:s3:::config-logs/*' }],
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
            Resource: ['arn:aws-us-gov:s3:::a', 'arn:*:s3:::a', 'arn:aws-iso-b:s3:::a'],
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const { text, pointer, parts } of arnTexts(policy)) {
      const [prefix, partition] = parts;
      if (
        prefix !== 'arn' ||
        partition === undefined ||
        /^aws(-[a-z]+)*$/.test(partition) ||
        hasWildcard(partition) ||
        partition.includes('${')
      )
        continue;
      yield {
        pointer,
        message: `\`${partition}\` in \`${text}\` is no partition of AWS, so the ARN matches nothing`,
        next: 'write `aws`',
      };
    }
  },
});
