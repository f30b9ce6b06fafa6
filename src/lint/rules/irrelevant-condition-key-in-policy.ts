import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const irrelevantConditionKeyInPolicy = accessAnalyzerRule({
  code: 'irrelevant-condition-key-in-policy',
  issueCode: 'IRRELEVANT_CONDITION_KEY_IN_POLICY',
  severity: 'suggestion',
  title: 'a condition on who owns the bucket, in its own policy',
  why: 'In the policy of a bucket the owner is always the same, so the condition always holds or never.',
  types: ['bucket'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { StringEquals: { 's3:ResourceAccount': '111122223333' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/s3:ResourceAccount'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.keyName !== 's3:resourceaccount' && condition.keyName !== 'aws:resourceaccount') continue;
      yield {
        pointer: condition.pointer,
        message: `${condition.key} is the owner of this very bucket, so the condition tells no requests apart`,
        next: 'ask aws:PrincipalAccount or aws:SourceAccount if the caller is meant',
      };
    }
  },
});
