import { nearestName } from '../../explain/nearest-name.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts, isGlobalKey, globalKeyNames } from '../condition-key.ts';

/** spec: LINT-AA-1 */
export const invalidGlobalConditionKey = accessAnalyzerRule({
  code: 'invalid-global-condition-key',
  issueCode: 'INVALID_GLOBAL_CONDITION_KEY',
  severity: 'error',
  title: 'a global condition key that AWS does not have',
  why: 'No request carries it: an Allow that asks for it never matches, and a Deny with a negated operator always does.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAcount': '111122223333' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:SourceAcount'],
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
            Condition: { StringEquals: { 'AWS:sourceaccount': '111122223333', 'aws:RequestTag/team': 'a' } },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (
        !isGlobalKey(condition.key) ||
        /^aws:(arn|(resource|request|principal)tag)\/?$/i.test(condition.key)
      )
        continue;
      if (conditionKeyFacts(condition.key, authorization) !== 'no-such-key') continue;
      const nearest = nearestName(condition.key, globalKeyNames);
      yield {
        pointer: condition.pointer,
        message: `AWS has no global condition key \`${condition.key}\`, so no request carries it`,
        next: nearest === null ? 'look it up among the global condition keys' : `write \`${nearest}\``,
      };
    }
  },
});
