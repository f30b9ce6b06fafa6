import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { conditionsOn, reachesAction, requiresKey } from '../statement-scope.ts';

/** spec: LINT-ACL-2 */
export const aclConditionOnWrongAction: LintRule = {
  code: 'acl-condition-on-wrong-action',
  severity: 'error',
  title: 'a condition on s3:x-amz-acl stands on an action that sends no ACL',
  why: "GetBucketAcl and ListBucket carry no s3:x-amz-acl, so under this condition they are never allowed, and AWS Config can't check the bucket. The condition belongs in a statement of its own for s3:PutObject.",
  url: awsPages.configBucketPolicy,
  types: ['bucket', 'identity', 'resource'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: ['s3:PutObject', 's3:GetBucketAcl'],
            Resource: '*',
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/s3:x-amz-acl'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:PutObject',
            Resource: '*',
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          },
          { Effect: 'Allow', Action: 's3:GetBucketAcl', Resource: '*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (statement.effect !== 'Allow' || statement.actions === null) continue;
      const [action] = ['s3:GetBucketAcl', 's3:ListBucket'].filter((name) => reachesAction(statement, name));
      if (
        action === undefined ||
        (statement.actions.length === 1 && /[*?]/.test(statement.actions[0]?.text ?? ''))
      )
        continue;
      for (const condition of conditionsOn(statement, 's3:x-amz-acl')) {
        if (!requiresKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `\`${action}\` carries no s3:x-amz-acl, so this statement never allows it`,
          next: `move \`${action}\` to a statement without this condition`,
        };
      }
    }
  },
};
