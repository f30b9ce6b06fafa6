import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import type { StatementView, TextAt } from '../policy-view.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/** spec: LINT-RESOURCE-1 */
export const actionDoesNotApplyToResource: LintRule = {
  code: 'action-does-not-apply-to-resource',
  severity: 'error',
  title: 'an S3 action stands with resources that it is never about',
  why: 'A bucket is `arn:aws:s3:::NAME` and an object `arn:aws:s3:::NAME/KEY`. An object action on the bucket alone, or a bucket action on its objects, matches no request; S3 refuses to store such a bucket policy ("Action does not apply to any resource(s) in statement").',
  url: awsPages.s3BucketPolicies,
  types: ['bucket', 'identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['s3:GetBucketAcl', 's3:PutObject'],
            Resource: 'arn:aws:s3:::config-logs/*',
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs',
          },
        ],
        at: ['/Statement/0/Action/0', '/Statement/1/Action'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['s3:GetBucketAcl', 's3:PutObject'],
            Resource: ['arn:aws:s3:::config-logs', 'arn:aws:s3:::config-logs/*'],
          },
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::config-logs/*' },
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:ListBucket',
            Resource: 'arn:aws:s3:::config-*',
          },
        ],
      },
    ],
  },
  *check({ policy, authorization, type }) {
    for (const statement of policy.statements) {
      const resources = statement.resources ?? [];
      if (resources.length === 0 || !resources.every(isPlainS3)) continue;
      for (const action of singleActions(statement)) {
        const details = authorization.action('s3', action.text.slice(3));
        if (details === null || details.resourceTypes.length === 0) continue;
        const isAboutObjects = details.resourceTypes.includes('object');
        const isAboutBuckets = details.resourceTypes.includes('bucket');
        if (isAboutObjects === isAboutBuckets) continue;
        if (resources.some(({ text }) => (isAboutObjects ? mayBeObject(text) : mayBeBucket(text)))) continue;
        yield {
          pointer: action.pointer,
          message: isAboutObjects
            ? `\`${action.text}\` is about objects, but the Resource \`${resources[0]?.text ?? ''}\` is a bucket, so it matches no request`
            : `\`${action.text}\` is about a bucket, but the Resource \`${resources[0]?.text ?? ''}\` stands for objects, so it matches no request`,
          next: isAboutObjects
            ? 'add `/*` behind the bucket, or the path'
            : 'add the ARN of the bucket without a path',
          ...(type === 'bucket' ? {} : { severity: 'warning' as const }),
        };
      }
    }
  },
};

function singleActions(statement: StatementView): readonly TextAt[] {
  return (statement.actions ?? []).filter(({ text }) => /^s3:/i.test(text) && !hasWildcard(text));
}

function isPlainS3({ text }: TextAt): boolean {
  return /^arn:[^:]*:s3:::[^:$]+$/.test(text) && placeholderIn(text) === null;
}

function mayBeObject(arn: string): boolean {
  return /\//.test(arn) || arn.includes('*');
}

function mayBeBucket(arn: string): boolean {
  // A star before the first slash may stand for nothing that has a slash in it, but the slash itself stays.
  return !arn.includes('/');
}
