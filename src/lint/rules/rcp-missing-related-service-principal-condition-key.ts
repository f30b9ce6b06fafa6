import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { sourceKeys, unrestrainedDenies } from '../rcp-deny.ts';
import { nameOf } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const rcpMissingRelatedServicePrincipalConditionKey = accessAnalyzerRule({
  code: 'rcp-missing-related-service-principal-condition-key',
  issueCode: 'RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY',
  severity: 'warning',
  title: 'an RCP that asks for a source key of everyone',
  why: 'Only requests of service principals carry aws:SourceOrgID and its kin; without asking aws:PrincipalIsAWSService the Deny falls on all other callers too.',
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
            Condition: { StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-exampleorgid' } },
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
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    const denies = unrestrainedDenies(
      policy,
      ({ keyName, base }) => sourceKeys.has(keyName) && base !== 'Null',
      { keys: ['aws:PrincipalIsAWSService'], value: 'true', isNull: false },
    );
    for (const { statement, asked } of denies) {
      yield {
        pointer: asked.pointer,
        message: `${nameOf(statement)} asks everyone for ${asked.key}, which only service principals carry`,
        next: 'add `"Bool": { "aws:PrincipalIsAWSService": "true" }`',
      };
    }
  },
});
