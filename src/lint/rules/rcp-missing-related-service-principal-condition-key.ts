import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn, nameOf } from '../statement-scope.ts';

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
    for (const statement of policy.statements) {
      const asked = statement.conditions.find(
        ({ keyName, base }) => sourceKeys.has(keyName) && base !== 'Null',
      );
      if (asked === undefined || statement.effect !== 'Deny') continue;
      if (
        conditionsOn(statement, 'aws:PrincipalIsAWSService').some(({ values }) =>
          values.every(({ text }) => text.toLowerCase() === 'true'),
        )
      )
        continue;
      yield {
        pointer: asked.pointer,
        message: `${nameOf(statement)} asks everyone for ${asked.key}, which only service principals carry`,
        next: 'add `"Bool": { "aws:PrincipalIsAWSService": "true" }`',
      };
    }
  },
});

const sourceKeys: ReadonlySet<string> = new Set([
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
]);
