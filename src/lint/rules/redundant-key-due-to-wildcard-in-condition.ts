import type { ServiceAuthorization } from '../../aws/service-authorization.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts } from '../condition-key.ts';
import { isSensitiveKey } from '../loose-end.ts';
import type { ConditionAt } from '../policy-view.ts';
import { presenceOf } from '../presence.ts';
import { withoutCondition } from '../condition-removal.ts';

/** spec: LINT-AA-1, LINT-AA-3 */
export const redundantKeyDueToWildcardInCondition = accessAnalyzerRule({
  code: 'redundant-key-due-to-wildcard-in-condition',
  issueCode: 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION',
  severity: 'suggestion',
  title: 'a condition that always holds, because of its `*`',
  why: 'Every value matches `*`, and the operator also holds where the key is absent: the condition says nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringLikeIfExists: { 'aws:SourceIdentity': '*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLikeIfExists/aws:SourceIdentity'],
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
              StringLikeIfExists: { 'aws:SourceIdentity': 'audit-*' },
              StringLike: { 'aws:SourceIdentity': '*' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const statement of policy.statements) {
      for (const condition of statement.conditions) {
        // Another rule speaks of wildcards in these keys.
        if (presenceOf(condition) !== 'always' || isSensitiveKey(condition)) continue;
        yield {
          pointer: condition.pointer,
          message: `\`${condition.operator}\` with \`*\` always holds, so the condition on ${condition.key} says nothing`,
          next: `remove ${condition.key}`,
          ...(isOneValue(condition, authorization) ? { fix: withoutCondition(statement, condition) } : {}),
        };
      }
    }
  },
});

/** How a plain operator compares several values AWS does not say. */
function isOneValue({ key, qualifier }: ConditionAt, authorization: ServiceAuthorization): boolean {
  const facts = conditionKeyFacts(key, authorization);
  return qualifier !== null || (typeof facts !== 'string' && !facts.isMultivalued);
}
