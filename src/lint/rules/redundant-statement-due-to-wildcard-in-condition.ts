import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { isSensitiveKey } from '../loose-end.ts';
import { presenceOf } from '../presence.ts';

/** spec: LINT-AA-1, LINT-AA-3 */
export const redundantStatementDueToWildcardInCondition = accessAnalyzerRule({
  code: 'redundant-statement-due-to-wildcard-in-condition',
  issueCode: 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION',
  severity: 'suggestion',
  title: 'a condition that never holds, because of its `*`',
  why: 'Every value matches `*`, so that none fails to: the condition never holds and the statement has no effect.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { 'ForAnyValue:StringNotLike': { 'aws:SourceIdentity': '*' } },
          },
        ],
        at: ['/Statement/0/Condition/ForAnyValue:StringNotLike/aws:SourceIdentity'],
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
              'ForAnyValue:StringNotLike': { 'aws:SourceIdentity': 'audit-*' },
              'ForAnyValue:StringLike': { 'aws:SourceIdentity': '*' },
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
        if (presenceOf(condition) !== 'never' || isSensitiveKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `no value fails to match \`*\`, so \`${condition.operator}\` never holds and the statement has no effect`,
          next: 'name the values that are meant, or remove the statement',
        };
      }
    }
  },
});
