import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { statementTexts } from '../statement-scope.ts';

/** spec: LINT-PLACEHOLDER-2 */
export const asterisksAroundArn: LintRule = {
  code: 'asterisks-around-arn',
  severity: 'error',
  title: "the documentation's asterisks were left around an ARN",
  why: 'The asterisks are emphasis of the page that the sample was copied from. As part of the text they make it something that is no ARN: AWS refuses or ignores it, and nothing can be said about what it matches.',
  url: awsPages.configKeyPolicy,
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:Decrypt',
            Resource: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
            Condition: { StringLike: { 'aws:PrincipalArn': '*:role/config' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { text, pointer } of statementTexts(statement)) {
        const inner = /^\*+(arn:.*?)\**$/s.exec(text)?.[1];
        if (inner === undefined) continue;
        yield {
          pointer,
          message: `asterisks of the documentation were left around the ARN \`${text}\``,
          next: `write \`${inner}\``,
        };
      }
    }
  },
};
