import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { resourceTagConditions, someOf, untaggedActions } from '../resource-tag.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const denyWithUnsupportedTagConditionKeyForService = accessAnalyzerRule({
  code: 'deny-with-unsupported-tag-condition-key-for-service',
  issueCode: 'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  severity: 'security-warning',
  title: 'a Deny by a tag that its actions do not know',
  why: 'The service fills in no aws:ResourceTag for these actions, so the Deny never falls on them. IfExists is no way out: it denies them always.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Deny',
            Action: ['s3:ListAllMyBuckets', 'kms:Decrypt'],
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag/team': 'audit' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:ResourceTag~1team'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Deny',
            Action: ['kms:Decrypt', 'kms:*'],
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag/team': 'audit' } },
          },
          {
            Effect: 'Deny',
            Action: 's3:ListAllMyBuckets',
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:ResourceTag/team': 'audit' } },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const statement of policy.statements) {
      const [condition] = statement.effect === 'Deny' ? resourceTagConditions(statement) : [];
      const untagged = condition === undefined ? [] : untaggedActions(statement, authorization);
      if (condition === undefined || untagged.length === 0) continue;
      yield {
        pointer: condition.pointer,
        message: `${condition.key} is never there for ${someOf(untagged)}, so ${nameOf(statement)} denies none of these`,
        next: 'move these actions to a statement without this condition',
      };
    }
  },
});
