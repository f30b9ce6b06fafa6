import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { conditionsOn } from '../statement-scope.ts';

/** spec: LINT-KMS-6 */
export const resourceAliasesInKeyPolicy: LintRule = {
  code: 'resource-aliases-in-key-policy',
  severity: 'error',
  title: 'kms:ResourceAliases in a key policy, or without a set operator',
  why: 'KMS supports kms:ResourceAliases in IAM policies only. It has several values, so it needs ForAnyValue or ForAllValues, and its values are alias names (`alias/config`), not ARNs.',
  url: awsPages.kmsConditionKeys,
  types: ['key', 'identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/config' } },
          },
        ],
        at: ['/Statement/0/Condition/ForAnyValue:StringEquals/kms:ResourceAliases'],
      },
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: {
              'ForAnyValue:StringLike': {
                'kms:ResourceAliases': 'arn:aws:kms:us-east-1:111122223333:alias/config',
              },
            },
          },
        ],
        at: ['/Statement/0/Condition/ForAnyValue:StringLike/kms:ResourceAliases'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/config*' } },
          },
        ],
      },
    ],
  },
  *check({ policy, type }) {
    for (const statement of policy.statements) {
      for (const condition of conditionsOn(statement, 'kms:ResourceAliases')) {
        if (type === 'key') {
          yield {
            pointer: condition.pointer,
            message: 'kms:ResourceAliases is not supported in key policies, so the condition never holds',
            next: 'use kms:RequestAlias here, or move the statement to an IAM policy',
          };
        } else if (condition.values.some(({ text }) => text.startsWith('arn:'))) {
          yield {
            pointer: condition.pointer,
            message: 'kms:ResourceAliases holds alias names, never ARNs, so the condition never holds',
            next: 'write the name, such as `alias/config`',
          };
        }
      }
    }
  },
};
