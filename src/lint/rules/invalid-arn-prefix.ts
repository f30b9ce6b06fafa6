import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const invalidArnPrefix = accessAnalyzerRule({
  code: 'invalid-arn-prefix',
  issueCode: 'INVALID_ARN_PREFIX',
  severity: 'error',
  title: 'a resource that is neither an ARN nor a star',
  why: 'IAM refuses it, and it matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: ['config-logs/*', 'ARN:aws:s3:::a'] }],
        at: ['/Statement/0/Resource/0', '/Statement/0/Resource/1'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/*', 'arn:*'] }],
      },
    ],
  },
  *check({ policy }) {
    for (const { text, pointer } of arnTexts(policy)) {
      if (text.startsWith('arn:') || /^\*+$/.test(text) || text.startsWith('${')) continue;
      yield {
        pointer,
        message: `\`${text}\` is no ARN, so it matches no resource`,
        next: 'write the ARN, such as `arn:aws:s3:::BUCKET/*`, or `*`',
      };
    }
  },
});
