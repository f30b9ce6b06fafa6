import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const uniqueSidsRecommended = accessAnalyzerRule({
  code: 'unique-sids-recommended',
  issueCode: 'UNIQUE_SIDS_RECOMMENDED',
  severity: 'warning',
  title: 'two statements with one Sid',
  why: 'The service stores it, but nobody can tell the statements apart by name.',
  types: ['key', 'bucket', 'topic', 'resource'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          { Sid: 'A', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
          {
            Sid: 'A',
            Effect: 'Deny',
            Principal: { AWS: '111122223333' },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
        at: ['/Statement/1/Sid'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }],
      },
    ],
  },
  *check({ policy }) {
    const seen = new Set<string>();
    for (const { sid } of policy.statements) {
      if (sid === null || sid.text === '') continue;
      if (seen.has(sid.text))
        yield {
          pointer: sid.pointer,
          message: `the Sid \`${sid.text}\` stands twice`,
          next: 'give each statement a Sid of its own',
        };
      seen.add(sid.text);
    }
  },
});
