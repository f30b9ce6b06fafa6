import { accessAnalyzerPage } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { absentForServices, nameOf, requiresKey, servicePrincipals } from '../statement-scope.ts';

/** spec: LINT-SERVICE-1 */
export const principalKeyForServicePrincipal: LintRule = {
  code: 'principal-key-for-service-principal',
  issueCode: 'UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
  severity: 'error',
  title: 'a key that service principals do not carry is asked of one',
  why: "aws:PrincipalOrgID, aws:PrincipalAccount and their kin describe an IAM principal. A request of AWS Config's service principal has none of them, so an Allow that asks for one never matches it.",
  url: accessAnalyzerPage('error', 'UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
  types: ['key', 'bucket', 'topic', 'resource', 'trust'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:GetBucketAcl',
            Resource: 'arn:aws:s3:::config-logs',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:PrincipalOrgID'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:GetBucketAcl',
            Resource: 'arn:aws:s3:::config-logs',
            Condition: { StringEquals: { 'aws:SourceOrgID': 'o-exampleorgid' } },
          },
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 's3:GetBucketAcl',
            Resource: 'arn:aws:s3:::config-logs',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [service] = servicePrincipals(statement);
      if (statement.effect !== 'Allow' || service === undefined) continue;
      for (const condition of statement.conditions) {
        if (!absentForServices.has(condition.keyName) || !requiresKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `a request of \`${service.text}\` never carries ${condition.key}, so ${nameOf(statement)} never allows it anything`,
          next: `ask ${instead(condition.keyName)}`,
        };
      }
    }
  },
};

function instead(keyName: string): string {
  if (keyName === 'aws:principalorgid') return 'aws:SourceOrgID instead';
  if (keyName === 'aws:principalorgpaths') return 'aws:SourceOrgPaths instead';
  return 'aws:SourceAccount or aws:SourceArn instead';
}
