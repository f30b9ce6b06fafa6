import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const uniqueSidsRequired = accessAnalyzerRule({
  code: 'unique-sids-required',
  issueCode: 'UNIQUE_SIDS_REQUIRED',
  severity: 'error',
  title: 'two statements with one Sid',
  why: 'IAM refuses an identity or trust policy in which a Sid stands twice.',
  types: ['identity', 'trust', 'boundary', 'session', 'scp', 'rcp'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Sid: 'A', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
          { Sid: 'A', Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
        ],
        at: ['/Statement/1/Sid'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          { Sid: 'A', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
          { Sid: 'B', Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
        ],
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
          message: `the Sid \`${sid.text}\` stands twice, so IAM refuses the policy`,
          next: 'give each statement a Sid of its own',
        };
      seen.add(sid.text);
    }
  },
});
