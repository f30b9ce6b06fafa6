import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { resourceTagConditions } from '../resource-tag.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const denyNotactionWithUnsupportedTagConditionKeyForService = accessAnalyzerRule({
  code: 'deny-notaction-with-unsupported-tag-condition-key-for-service',
  issueCode: 'DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  severity: 'security-warning',
  title: 'a Deny of all actions but some, by a tag that many of them do not know',
  why: 'Many actions of AWS carry no aws:ResourceTag. The Deny never falls on them, whatever the tags are.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Deny',
            NotAction: 'iam:*',
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
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag/team': 'audit' } },
          },
          {
            Effect: 'Deny',
            NotAction: 'iam:*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalTag/team': 'audit' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (statement.effect !== 'Deny' || statement.notActions === null) continue;
      for (const condition of resourceTagConditions(statement)) {
        yield {
          pointer: condition.pointer,
          message: `${nameOf(statement)} denies only what carries ${condition.key}, which many actions of AWS never do`,
          next: 'name the actions that it is about in Action',
        };
      }
    }
  },
});
