import { awsPages } from '../aws-page.ts';
import { comparesEqual } from '../condition-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { allowsConfigService, conditionsOn, isNegated, reachesAction } from '../statement-scope.ts';

/** spec: LINT-ACL-1 */
export const aclConditionBlocksDelivery: LintRule = {
  code: 'acl-condition-blocks-delivery',
  severity: 'error',
  title: 'a condition on s3:x-amz-acl asks for another ACL than AWS Config sends',
  why: 'AWS Config writes every object with the ACL bucket-owner-full-control. An Allow that asks for another never matches its PutObject.',
  url: awsPages.configBucketPolicy,
  types: ['bucket', 'identity', 'resource'],
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
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-read' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/s3:x-amz-acl'],
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
            Condition: { StringLike: { 's3:x-amz-acl': ['bucket-owner-*', 'private'] } },
          },
        ],
      },
    ],
  },
  *check({ policy, type }) {
    for (const statement of policy.statements) {
      const concerns = type === 'identity' ? statement.effect === 'Allow' : allowsConfigService(statement);
      if (!concerns || !reachesAction(statement, 's3:PutObject')) continue;
      for (const condition of conditionsOn(statement, 's3:x-amz-acl')) {
        if (isNegated(condition) || condition.base === 'Null') continue;
        if (
          condition.values.some(({ text }) =>
            comparesEqual(condition.base, text, 'bucket-owner-full-control'),
          )
        )
          continue;
        yield {
          pointer: condition.pointer,
          message: `the statement asks for the ACL \`${condition.values.map(({ text }) => text).join('`, `')}\`, but AWS Config writes with \`bucket-owner-full-control\``,
          next: 'write `bucket-owner-full-control`',
        };
      }
    }
  },
};
