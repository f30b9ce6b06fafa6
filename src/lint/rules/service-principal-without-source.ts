import { accessAnalyzerPage } from '../aws-page.ts';
import { arnParts } from '../condition-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { isNegated, servicePrincipals } from '../statement-scope.ts';

/** spec: LINT-AA-1 */
export const servicePrincipalWithoutSource: LintRule = {
  code: 'service-principal-without-source',
  issueCode: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
  severity: 'security-warning',
  title: 'a service principal is allowed without saying for which account',
  why: 'Without aws:SourceAccount, aws:SourceArn, aws:SourceOrgID or aws:SourceOrgPaths the service may use the resource on behalf of any AWS customer (the confused deputy problem).',
  url: accessAnalyzerPage('security-warning', 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL'),
  types: ['key', 'bucket', 'topic', 'resource'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
          },
        ],
        at: ['/Statement/0/Principal/Service'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [service] = servicePrincipals(statement);
      if (statement.effect !== 'Allow' || service === undefined) continue;
      const names = statement.conditions.filter(
        (condition) =>
          (sourceKeys.has(condition.keyName) || condition.keyName.startsWith('kms:encryptioncontext:')) &&
          condition.base !== 'Null' &&
          !isNegated(condition) &&
          !condition.values.some(({ text }) => isAnybodys(text)),
      );
      if (names.length > 0) continue;
      yield {
        pointer: service.pointer,
        message: `\`${service.text}\` is allowed on behalf of any AWS customer: no condition says for which account or organization`,
        next: 'add a condition on aws:SourceAccount, aws:SourceArn, aws:SourceOrgID or aws:SourceOrgPaths',
      };
    }
  },
};

/** `*`, or an ARN of whatever account whose resource is any of its kind. spec: LINT-SOURCE-4 */
function isAnybodys(value: string): boolean {
  const [, , , , account, resource = ''] = arnParts(value);
  return (
    /^\*+$/.test(value) ||
    (account !== undefined && /^\*+$/.test(account) && /^([\w-]+[:/])?\*+$/.test(resource))
  );
}

const sourceKeys: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  // Which `recommended-condition-key-for-service-principal` speaks of.
  'aws:referer',
  'aws:sourcevpc',
  'aws:sourcevpce',
]);
