import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const unsupportedGlobalConditionKey = accessAnalyzerRule({
  code: 'unsupported-global-condition-key',
  issueCode: 'UNSUPPORTED_GLOBAL_CONDITION_KEY',
  severity: 'error',
  title: 'aws:ARN in a condition',
  why: 'AWS no longer fills in aws:ARN.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { ArnEquals: { 'aws:ARN': 'arn:aws:iam::111122223333:role/a' } },
          },
        ],
        at: ['/Statement/0/Condition/ArnEquals/aws:ARN'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.keyName !== 'aws:arn') continue;
      yield {
        pointer: condition.pointer,
        message: 'aws:ARN is no longer supported',
        next: 'write `aws:PrincipalArn` or `aws:SourceArn`',
      };
    }
  },
});
