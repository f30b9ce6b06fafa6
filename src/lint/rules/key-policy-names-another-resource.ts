import { awsPages } from '../aws-page.ts';
import { matchesArn } from '../condition-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { nameOf } from '../statement-scope.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/** spec: LINT-KMS-4 */
export const keyPolicyNamesAnotherResource: LintRule = {
  code: 'key-policy-names-another-resource',
  severity: 'error',
  title: 'a statement of a key policy is about something else than the key',
  why: 'A key policy is about the key it is attached to: `*` or the ARN of this key. A statement that names another key, an alias or a bucket is stored without complaint and has no effect.',
  url: awsPages.keyPolicyOverview,
  types: ['key'],
  examples: {
    wrong: [
      {
        type: 'key',
        facts: { keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:*',
            Resource: 'arn:aws:kms:us-east-1:111122223333:key/ffffffff-12ab-34cd-56ef-1234567890ab',
          },
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:*',
            Resource: 'arn:aws:kms:us-east-1:111122223333:alias/config',
          },
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:*',
            Resource: 'arn:aws:s3:::config-logs/*',
          },
        ],
        at: ['/Statement/0/Resource', '/Statement/1/Resource', '/Statement/2/Resource'],
      },
    ],
    right: [
      {
        type: 'key',
        facts: { keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
        policy: [
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:*',
            Resource: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
          },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    for (const statement of policy.statements) {
      const resources = (statement.resources ?? []).filter(
        ({ text }) => placeholderIn(text) === null && !/^\*+arn:/.test(text),
      );
      for (const { text, pointer } of resources) {
        if (text === '*' || text.includes('${')) continue;
        const what = otherThanKey(text, facts.keyArn ?? null);
        if (what === null) continue;
        yield {
          pointer,
          message: `\`${text}\` is ${what}, so ${nameOf(statement)} has no effect on the key that this policy is attached to`,
          next:
            facts.keyArn === undefined || facts.keyArn === null
              ? 'write `*`, which means this key'
              : `write \`*\` or \`${facts.keyArn}\``,
        };
      }
    }
  },
};

function otherThanKey(text: string, keyArn: string | null): string | null {
  // What is no ARN at all is another rule's.
  if (!text.startsWith('arn:')) return null;
  const [, , service = '', , , resource = ''] = text.split(':');
  if (service === 's3') return 'a bucket or its objects';
  if (service !== 'kms' && !/[*?]/.test(service)) return `a resource of ${service}`;
  if (resource.startsWith('alias/')) return 'an alias and not the key behind it';
  return keyArn !== null && !matchesArn(text, keyArn) ? 'another key' : null;
}
