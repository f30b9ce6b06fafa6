import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { allowsConfigService, conditionsOn, requiresKey } from '../statement-scope.ts';

/** spec: LINT-KMS-3 */
export const viaServiceForServicePrincipal: LintRule = {
  code: 'via-service-for-service-principal',
  severity: 'warning',
  title: 'kms:ViaService or kms:CallerAccount is asked of a service principal',
  why: 'AWS does not say whether these keys are there when S3 uses the key for the service principal of AWS Config. Nobody can promise that the statement ever matches; aws:SourceAccount and aws:SourceArn are documented.',
  url: awsPages.kmsConditionKeys,
  types: ['key'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: '*',
            Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/kms:ViaService'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (!allowsConfigService(statement)) continue;
      for (const condition of [
        ...conditionsOn(statement, 'kms:ViaService'),
        ...conditionsOn(statement, 'kms:CallerAccount'),
      ]) {
        if (!requiresKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `AWS does not say that a request of AWS Config's service principal carries ${condition.key}, so nobody can promise that the statement matches`,
          next: 'limit the statement by aws:SourceAccount or aws:SourceArn instead',
        };
      }
    }
  },
};
