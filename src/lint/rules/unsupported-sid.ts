import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const unsupportedSid = accessAnalyzerRule({
  code: 'unsupported-sid',
  issueCode: 'UNSUPPORTED_SID',
  severity: 'error',
  title: 'a Sid with other characters than letters and digits',
  why: 'IAM takes letters and digits only in the Sid of its policies.',
  types: ['identity', 'boundary', 'session'],
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [{ Sid: 'Allow write', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
        at: ['/Statement/0/Sid'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [{ Sid: 'AllowWrite1', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
      },
      {
        type: 'key',
        policy: [
          {
            Sid: 'Enable IAM User Permissions',
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const taken = new Set(policy.statements.map(({ sid }) => sid?.text));
    for (const { sid } of policy.statements) {
      if (sid === null || /^[0-9A-Za-z]*$/.test(sid.text)) continue;
      const plain = sid.text.replaceAll(/[^0-9A-Za-z]/g, '');
      yield {
        pointer: sid.pointer,
        message: `the Sid \`${sid.text}\` has other characters than letters and digits, so IAM refuses the policy`,
        next: plain === '' ? 'write letters and digits' : `write \`${plain}\``,
        ...(plain === '' || taken.has(plain)
          ? {}
          : {
              fix: {
                summary: `write the Sid as \`${plain}\``,
                patch: [{ op: 'replace', path: sid.pointer, value: plain }],
              },
            }),
      };
      taken.add(plain);
    }
  },
});
