import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { isSensitiveKey } from '../loose-end.ts';
import { presenceOf } from '../presence.ts';

/** spec: LINT-AA-1, LINT-AA-3 */
export const equivalentToNullTrue = accessAnalyzerRule({
  code: 'equivalent-to-null-true',
  issueCode: 'EQUIVALENT_TO_NULL_TRUE',
  severity: 'suggestion',
  title: 'a negated comparison with `*` that only asks whether the key is absent',
  why: 'Every value matches `*`, so the condition holds where the key is absent. Null says that in so many words.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringNotLike: { 'aws:SourceIdentity': '*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringNotLike/aws:SourceIdentity'],
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
              StringNotLike: { 'aws:SourceIdentity': 'audit-*' },
              StringLike: { 'aws:SourceIdentity': '*' },
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
        if (presenceOf(condition) !== 'absent' || isSensitiveKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `every value matches \`*\`: \`${condition.operator}\` only asks whether ${condition.key} is absent`,
          next: `write \`"Null": { "${condition.key}": "true" }\``,
        };
      }
    }
  },
});
