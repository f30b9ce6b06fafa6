import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { allowsConfigService, conditionsOn, nameOf, reachesAction } from '../statement-scope.ts';

/** spec: LINT-ACL-3 */
export const bucketOwnerFullControlMissing: LintRule = {
  code: 'bucket-owner-full-control-missing',
  severity: 'suggestion',
  title: 'AWS Config may write objects that the bucket owner does not control',
  why: "AWS's sample asks for the ACL bucket-owner-full-control. It matters in buckets that have ACLs enabled: there an object without it belongs to its writer alone. With ACLs disabled, the default, the owner controls every object.",
  url: awsPages.configBucketPolicy,
  types: ['bucket'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/*',
          },
        ],
        at: ['/Statement/0'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (!allowsConfigService(statement) || !reachesAction(statement, 's3:PutObject')) continue;
      if (conditionsOn(statement, 's3:x-amz-acl').length > 0) continue;
      yield {
        pointer: statement.pointer,
        message: `${nameOf(statement)} lets AWS Config write without asking for the ACL \`bucket-owner-full-control\``,
        next: 'in a bucket with ACLs enabled, add the condition `"StringEquals": { "s3:x-amz-acl": "bucket-owner-full-control" }`',
      };
    }
  },
};
