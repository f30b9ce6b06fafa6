import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { unrestrainedDenies } from '../rcp-deny.ts';
import { absentForServices, isNegated, nameOf, requiresKey } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const rcpMissingRelatedPrincipalConditionKey = accessAnalyzerRule({
  code: 'rcp-missing-related-principal-condition-key',
  issueCode: 'RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY',
  severity: 'warning',
  title: 'an RCP that asks for a key of IAM principals without sparing AWS services',
  why: "Service principals carry no such key, so that a negated test denies AWS's own services, deliveries of AWS Config to member accounts among them.",
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
            Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
          },
        ],
        at: ['/Statement/0/Condition/StringNotEqualsIfExists/aws:PrincipalOrgID'],
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
              StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const denies = unrestrainedDenies(
      policy,
      ({ keyName }) => keyName.startsWith('aws:principal') && absentForServices.has(keyName),
      { keys: ['aws:PrincipalIsAWSService'], value: 'false', isNull: false },
    );
    for (const { statement, asked } of denies) {
      yield {
        pointer: asked.pointer,
        // Negated and alone, it falls on every service, AWS Config's deliveries included.
        ...(isNegated(asked) && !statement.conditions.some(requiresKey)
          ? { severity: 'error' as const }
          : {}),
        message: `${nameOf(statement)} asks for ${asked.key}, which service principals lack, and does not spare them`,
        next: 'add `"BoolIfExists": { "aws:PrincipalIsAWSService": "false" }`',
      };
    }
  },
});
