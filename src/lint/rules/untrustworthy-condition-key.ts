import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const untrustworthyConditionKey = accessAnalyzerRule({
  code: 'untrustworthy-condition-key',
  issueCode: 'UNTRUSTWORTHY_CONDITION_KEY',
  severity: 'security-warning',
  title: 'a condition on a key that the caller writes',
  why: 'aws:referer and aws:UserAgent are headers that any caller may send as they like; they protect nothing.',
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { StringLike: { 'aws:referer': 'https://example.com/*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLike/aws:referer'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'ses.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: { StringEquals: { 'aws:referer': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const writtenByCallers = policy.statements.filter(
      ({ principals }) => principals === null || !principals.every(({ type }) => type === 'Service'),
    );
    for (const condition of writtenByCallers.flatMap(({ conditions }) => conditions)) {
      if (condition.keyName !== 'aws:referer' && condition.keyName !== 'aws:useragent') continue;
      yield {
        pointer: condition.pointer,
        message: `${condition.key} is whatever the caller sends, so the condition protects nothing`,
        next: 'use a key that AWS fills in, such as aws:SourceVpce or aws:PrincipalArn',
      };
    }
  },
});
