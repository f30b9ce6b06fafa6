import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const typeMismatchString = accessAnalyzerRule({
  code: 'type-mismatch-string',
  issueCode: 'TYPE_MISMATCH_STRING',
  severity: 'warning',
  title: 'BinaryEquals with a value that is not base64',
  why: 'BinaryEquals compares bytes, and the policy writes them in base64. Anything else matches nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { BinaryEquals: { 'aws:PrincipalTag/seal': 'not base64!' } },
          },
        ],
        at: ['/Statement/0/Condition/BinaryEquals/aws:PrincipalTag~1seal'],
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
            Condition: { BinaryEquals: { 'aws:PrincipalTag/seal': 'c2VhbA==' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'BinaryEquals') continue;
      for (const { text, pointer } of condition.values) {
        // Another rule speaks of variables here.
        if (
          text.includes('${') ||
          /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
        )
          continue;
        yield {
          pointer,
          message: `\`${text}\` is not base64, so it matches nothing`,
          next: 'write the bytes in base64',
        };
      }
    }
  },
});
