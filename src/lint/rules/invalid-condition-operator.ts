import { nearestName } from '../../explain/nearest-name.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { operatorNames, operatorFamily } from '../condition-operator.ts';

/** spec: LINT-AA-1 */
export const invalidConditionOperator = accessAnalyzerRule({
  code: 'invalid-condition-operator',
  issueCode: 'INVALID_CONDITION_OPERATOR',
  severity: 'error',
  title: 'a condition operator that AWS does not have',
  why: 'IAM refuses such a policy. In a stored one nobody can say what the statement does, so whatever depends on it is unknown.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { stringEquals: { 'aws:PrincipalType': 'User' } },
          },
        ],
        at: ['/Statement/0/Condition/stringEquals/aws:PrincipalType'],
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
            Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': 'a*' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of statement.conditions) {
        if (operatorFamily(condition.base) !== null) continue;
        const nearest = nearestName(condition.base, operatorNames);
        yield {
          pointer: condition.pointer,
          message: `\`${condition.operator}\` is no condition operator, so nobody can say whether the statement matches`,
          next:
            nearest === null
              ? 'write an operator such as `StringEquals`'
              : `write \`${condition.operator.replace(condition.base, nearest)}\``,
        };
      }
    }
  },
});
