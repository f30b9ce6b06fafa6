import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { resourceTagConditions } from '../resource-tag.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const allowNotactionWithUnsupportedTagConditionKeyForService = accessAnalyzerRule({
  code: 'allow-notaction-with-unsupported-tag-condition-key-for-service',
  issueCode: 'ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  severity: 'suggestion',
  title: 'an Allow of all actions but some, by a tag that many of them do not know',
  why: 'Many actions of AWS carry no aws:ResourceTag. The Allow never reaches them, whatever the tags are.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
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
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag/team': 'audit' } },
          },
          {
            Effect: 'Allow',
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
      if (statement.effect !== 'Allow' || statement.notActions === null) continue;
      for (const condition of resourceTagConditions(statement)) {
        yield {
          pointer: condition.pointer,
          message: `${nameOf(statement)} allows only what carries ${condition.key}, which many actions of AWS never do`,
          next: 'name the actions that it is about in Action',
        };
      }
    }
  },
});
