import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';

/** spec: LINT-PRINCIPAL-2 */
export const serviceLinkedRoleAsPrincipal: LintRule = {
  code: 'service-linked-role-as-principal',
  severity: 'warning',
  title: "AWS Config's service-linked role is named as principal",
  why: 'The service-linked role has no permission of its own to write to S3 or to use a key: with it AWS Config delivers as the service principal config.amazonaws.com, which this statement does not name.',
  url: awsPages.configKeyPolicy,
  types: ['bucket', 'key'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              AWS: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
            },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
          },
        ],
        at: ['/Statement/0/Principal/AWS'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (statement.effect !== 'Allow') continue;
      for (const { text, pointer } of statement.principals ?? []) {
        if (!text.includes(':role/aws-service-role/config.amazonaws.com/')) continue;
        yield {
          pointer,
          message:
            'with its service-linked role AWS Config delivers as `config.amazonaws.com`, so naming the role here does not let it deliver',
          next: 'name `{ "Service": "config.amazonaws.com" }` in a statement of its own, with a condition on aws:SourceAccount',
        };
      }
    }
  },
};
