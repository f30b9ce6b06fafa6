import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { sourceKeys, unrestrainedDenies } from '../rcp-deny.ts';
import { nameOf, requiresKey } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const rcpMissingServiceConditionKeyNullCheck = accessAnalyzerRule({
  code: 'rcp-missing-service-condition-key-null-check',
  issueCode: 'RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK',
  severity: 'warning',
  title: 'an RCP that asks for a source key without checking that it is there',
  why: 'Services do not send source keys with every request. Without a Null check the Deny falls on those that have none.',
  types: ['rcp'],
  examples: {
    wrong: [
      {
        type: 'rcp',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-exampleorgid' },
              Bool: { 'aws:PrincipalIsAWSService': 'true' },
            },
          },
        ],
        at: ['/Statement/0/Condition/StringNotEqualsIfExists/aws:SourceOrgID'],
      },
    ],
    right: [
      {
        type: 'rcp',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-exampleorgid' },
              Bool: { 'aws:PrincipalIsAWSService': 'true' },
              Null: { 'aws:SourceAccount': 'false' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const denies = unrestrainedDenies(
      policy,
      (condition) =>
        sourceKeys.has(condition.keyName) && condition.base !== 'Null' && !requiresKey(condition),
      { keys: ['aws:SourceAccount', 'aws:SourceArn'], value: 'false', isNull: true },
    );
    for (const { statement, asked } of denies) {
      yield {
        pointer: asked.pointer,
        message: `${nameOf(statement)} also denies requests of services that carry no ${asked.key} at all`,
        next: 'add `"Null": { "aws:SourceAccount": "false" }`',
      };
    }
  },
});
