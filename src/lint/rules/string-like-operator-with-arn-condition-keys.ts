import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts } from '../condition-key.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const stringLikeOperatorWithArnConditionKeys = accessAnalyzerRule({
  code: 'string-like-operator-with-arn-condition-keys',
  issueCode: 'STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS',
  severity: 'security-warning',
  title: 'StringLike on a key that holds an ARN',
  why: 'Under StringLike a star crosses the colons of an ARN, so that it can match an ARN of another service or account. ArnLike compares part by part.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringLike: { 'aws:SourceArn': 'arn:aws:config:*:111122223333:*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLike/aws:SourceArn'],
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
            Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:config:*:111122223333:*' } },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (condition.base !== 'StringLike' && condition.base !== 'StringNotLike') continue;
      const facts = conditionKeyFacts(condition.key, authorization);
      if (typeof facts === 'string' || facts.type !== 'ARN') continue;
      // A star that can only stand in the last part crosses nothing.
      const crosses = condition.values.some(({ text }) => hasWildcard(text.split(':').slice(0, 5).join(':')));
      if (!crosses) continue;
      yield {
        pointer: condition.pointer,
        message: `under \`${condition.operator}\` the wildcards of ${facts.name} also match colons`,
        next: `write \`${condition.base.replace('String', 'Arn')}\``,
      };
    }
  },
});
