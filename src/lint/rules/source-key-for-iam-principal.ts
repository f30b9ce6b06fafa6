import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { everyone, requiresKey } from '../statement-scope.ts';

/** spec: LINT-SERVICE-4 */
export const sourceKeyForIamPrincipal: LintRule = {
  code: 'source-key-for-iam-principal',
  severity: 'warning',
  title: 'aws:SourceAccount or aws:SourceArn is asked of a role or an account',
  why: "Only requests of an AWS service principal carry aws:SourceAccount, aws:SourceArn, aws:SourceOrgID and aws:SourceOrgPaths. As the recorder's role AWS Config sends none of them, so the Allow never matches the role.",
  url: awsPages.globalConditionKeys,
  types: ['bucket', 'key'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/config', Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:SourceAccount'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/config' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
          },
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const named = (statement.principals ?? []).find(({ type, text }) => type === 'AWS' && text !== '*');
      if (statement.effect !== 'Allow' || named === undefined || everyone(statement).length > 0) continue;
      for (const condition of statement.conditions) {
        if (!sourceKeys.has(condition.keyName) || !requiresKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `only a service principal's request carries ${condition.key}, so the statement never allows \`${named.text}\` anything`,
          next: 'give the role a statement of its own without this condition',
        };
      }
    }
  },
};

const sourceKeys: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);
