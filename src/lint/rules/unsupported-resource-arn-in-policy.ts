import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { arnTexts } from '../arn-check.ts';

/** spec: LINT-AA-1 */
export const unsupportedResourceArnInPolicy = accessAnalyzerRule({
  code: 'unsupported-resource-arn-in-policy',
  issueCode: 'UNSUPPORTED_RESOURCE_ARN_IN_POLICY',
  severity: 'error',
  title: 'a resource of another service in a resource policy',
  why: 'A resource policy decides about its own resource. The ARN of another service has no effect in it, and S3 and SNS refuse to store it.',
  types: ['bucket', 'topic'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: ['arn:aws:s3:::a/*', 'arn:aws:kms:us-east-1:111122223333:key/*'],
          },
        ],
        at: ['/Statement/0/Resource/1'],
      },
    ],
    right: [
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
      {
        type: 'topic',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'sns:Publish',
            Resource: 'arn:aws:sns:us-east-1:111122223333:config',
          },
        ],
      },
    ],
  },
  *check({ policy, type, facts }) {
    const service = serviceOf[type];
    // Where the bucket is known, `aws-would-refuse` speaks of everything that is not in it.
    if (service === undefined || (type === 'bucket' && facts.bucketName !== undefined)) return;
    for (const { text, pointer, parts } of arnTexts(policy)) {
      const named = parts[2] ?? '';
      if (parts[0] !== 'arn' || isOf(service, named) || named === '' || hasWildcard(named)) continue;
      yield {
        pointer,
        message: `\`${text}\` is a resource of ${named}, which the policy of a ${type} decides nothing about`,
        next: `name resources of ${service}`,
      };
    }
  },
});

const serviceOf: Readonly<Record<string, string>> = { bucket: 's3', topic: 'sns' };

/** S3's kinds of buckets and access points have names of their own in ARNs. */
function isOf(service: string, named: string): boolean {
  return (
    named === service || (service === 's3' && /^s3(express|-object-lambda|-outposts|tables)$/.test(named))
  );
}
