import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const invalidUserReference = accessAnalyzerRule({
  code: 'invalid-user-reference',
  issueCode: 'INVALID_USER_REFERENCE',
  severity: 'warning',
  title: 'the unique ID of a user as principal',
  why: 'AWS shows a user that was deleted by its unique ID. A user made again under the same name has another ID and is not meant.',
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'AIDAEXAMPLEEXAMPLE1' },
            Action: 'kms:Decrypt',
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
            Principal: { AWS: 'arn:aws:iam::111122223333:user/a' },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { text, pointer } of [...(statement.principals ?? []), ...(statement.notPrincipals ?? [])]) {
        if (!/^AIDA[A-Z0-9]+$/.test(text)) continue;
        yield {
          pointer,
          message: `\`${text}\` is the unique ID of a user, most likely a deleted one: a new user of the same name is not meant by it`,
          next: 'write the ARN of the user',
        };
      }
    }
  },
});
