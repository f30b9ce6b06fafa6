import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn, servicePrincipals } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const recommendedConditionKeyForServicePrincipal = accessAnalyzerRule({
  code: 'recommended-condition-key-for-service-principal',
  issueCode: 'RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
  severity: 'suggestion',
  title: 'aws:Referer says for whom a service acts',
  why: 'Some services once sent the account in aws:Referer. aws:SourceAccount, aws:SourceArn, aws:SourceOrgID and aws:SourceOrgPaths say it for every service.',
  types: ['key', 'bucket', 'topic', 'resource'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'ses.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::mail/*',
            Condition: { StringEquals: { 'aws:Referer': '111122223333' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:Referer'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'ses.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::mail/*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [service] = servicePrincipals(statement);
      if (statement.effect !== 'Allow' || service === undefined) continue;
      for (const condition of conditionsOn(statement, 'aws:Referer')) {
        yield {
          pointer: condition.pointer,
          message: `${condition.key} is an old way to say for whom \`${service.text}\` acts`,
          next: 'write aws:SourceAccount or aws:SourceArn instead',
        };
      }
    }
  },
});
