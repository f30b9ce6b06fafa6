import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const typeMismatchBoolean = accessAnalyzerRule({
  code: 'type-mismatch-boolean',
  issueCode: 'TYPE_MISMATCH_BOOLEAN',
  severity: 'warning',
  title: 'a Boolean condition value that is neither true nor false',
  why: 'The value matches no request.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'yes' } },
          },
        ],
        at: ['/Statement/0/Condition/Bool/aws:SecureTransport'],
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
            Condition: { Bool: { 'aws:SecureTransport': true }, Null: { 'aws:TagKeys': 'False' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'Bool' && condition.base !== 'Null') continue;
      for (const { text, pointer } of condition.values) {
        if (/^(true|false)$/i.test(text) || text.includes('${')) continue;
        yield {
          pointer,
          message: `\`${text}\` is neither true nor false, so it matches nothing`,
          next: 'write `"true"` or `"false"`',
        };
      }
    }
  },
});
