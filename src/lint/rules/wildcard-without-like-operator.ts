import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-AA-1 */
export const wildcardWithoutLikeOperator = accessAnalyzerRule({
  code: 'wildcard-without-like-operator',
  issueCode: 'WILDCARD_WITHOUT_LIKE_OPERATOR',
  severity: 'warning',
  title: 'a wildcard under an operator that knows none',
  why: 'StringEquals compares letter by letter: `*` and `?` stand for themselves.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalTag/team': 'audit-*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/aws:PrincipalTag~1team'],
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
              StringLike: { 'aws:PrincipalTag/team': 'audit-*' },
              StringEquals: { 'aws:SourceArn': 'arn:aws:config:us-east-1:111122223333:*' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      if (!/^String(Not)?Equals(IgnoreCase)?$/.test(condition.base)) continue;
      for (const { text, pointer } of condition.values) {
        // The star at the end of AWS Config's aws:SourceArn is part of the value. spec: LINT-SOURCE-1
        if (
          !hasWildcard(text.replaceAll(/\$\{[^}]*\}/g, '')) ||
          (condition.keyName === 'aws:sourcearn' && /^arn:[^:]+:config:/.test(text))
        )
          continue;
        yield {
          pointer,
          message: `\`${condition.base}\` knows no wildcards: \`${text}\` matches only that very text`,
          next: `write \`${condition.base.includes('Not') ? 'StringNotLike' : 'StringLike'}\` if the wildcard is meant`,
        };
      }
    }
  },
});
