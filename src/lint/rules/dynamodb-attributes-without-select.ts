import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn, isNegated, nameOf, reachesAction } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const dynamodbAttributesWithoutSelect = accessAnalyzerRule({
  code: 'dynamodb-attributes-without-select',
  issueCode: 'DYNAMODB_ATTRIBUTES_WITHOUT_SELECT',
  severity: 'security-warning',
  title: 'dynamodb:Attributes is limited, dynamodb:Select is not',
  why: 'DynamoDB fills in dynamodb:Attributes only where a request names attributes. Without dynamodb:Select a read that names none returns whole items.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 'dynamodb:GetItem',
            Resource: '*',
            Condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id'] } },
          },
        ],
        at: ['/Statement/0/Condition/ForAllValues:StringEquals/dynamodb:Attributes'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
            Resource: '*',
            Condition: {
              'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id'] },
              StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
            },
          },
          {
            Effect: 'Allow',
            Action: 'dynamodb:PutItem',
            Resource: '*',
            Condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id'] } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [attributes] = conditionsOn(statement, 'dynamodb:Attributes');
      if (statement.effect !== 'Allow' || attributes === undefined) continue;
      if (!readingActions.some((action) => reachesAction(statement, `dynamodb:${action}`))) continue;
      const isSelected = conditionsOn(statement, 'dynamodb:Select').some(
        (condition) =>
          !isNegated(condition) && condition.values.every(({ text }) => text === 'SPECIFIC_ATTRIBUTES'),
      );
      if (isSelected) continue;
      yield {
        pointer: attributes.pointer,
        message: `${nameOf(statement)} limits the attributes that a read names; one that names none returns all of them`,
        next: 'add `"StringEquals": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" }`',
      };
    }
  },
});

const readingActions = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'];
