import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { overlaps } from '../wildcard.ts';

/** spec: LINT-AA-1 */
export const unsupportedActionInPolicy = accessAnalyzerRule({
  code: 'unsupported-action-in-policy',
  issueCode: 'UNSUPPORTED_ACTION_IN_POLICY',
  severity: 'error',
  title: 'an action of another service in a resource policy',
  why: 'A resource policy decides about the actions on its resource; an action of another service has no effect in it.',
  types: ['key', 'bucket'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: ['kms:*', 's3:PutObject'],
            Resource: '*',
          },
        ],
        at: ['/Statement/0/Action/1'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['kms:*', '*'], Resource: '*' },
        ],
      },
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
          },
        ],
      },
    ],
  },
  *check({ policy, type }) {
    const prefix = serviceOf[type];
    if (prefix === undefined) return;
    for (const statement of policy.statements) {
      for (const { text, pointer } of statement.actions ?? []) {
        if (text === '*' || !text.includes(':') || overlaps(text.toLowerCase(), `${prefix}:*`)) continue;
        yield {
          pointer,
          message: `\`${text}\` is no action of \`${prefix.replace('*', '')}\`, so it has no effect in this policy`,
          next: 'remove it, or grant it where its own resource or the caller has a policy',
        };
      }
    }
  },
});

// Buckets of other kinds have `s3express` and its like.
const serviceOf: Readonly<Record<string, string>> = { key: 'kms', bucket: 's3*' };
