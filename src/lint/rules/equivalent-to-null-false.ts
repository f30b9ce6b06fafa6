import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { isSensitiveKey } from '../loose-end.ts';
import { presenceOf } from '../presence.ts';

/** spec: LINT-AA-1, LINT-AA-3 */
export const equivalentToNullFalse = accessAnalyzerRule({
  code: 'equivalent-to-null-false',
  issueCode: 'EQUIVALENT_TO_NULL_FALSE',
  severity: 'suggestion',
  title: 'a comparison with `*` that only asks whether the key is there',
  why: 'Every value matches `*`, so the condition asks whether the key is present. Null says that in so many words.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringLike: { 'aws:SourceIdentity': '*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLike/aws:SourceIdentity'],
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
            Condition: {
              StringLike: { 'aws:SourceIdentity': 'audit-*' },
              StringNotLike: { 'aws:SourceIdentity': '*' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of statement.conditions) {
        // Another rule speaks of wildcards in these keys.
        if (presenceOf(condition) !== 'present' || isSensitiveKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `every value matches \`*\`: \`${condition.operator}\` only asks whether ${condition.key} is present`,
          next: `write \`"Null": { "${condition.key}": "false" }\``,
        };
      }
    }
  },
});
