import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { looseEnds } from '../loose-end.ts';
import { everyone, isNegated, nameOf } from '../statement-scope.ts';

/** spec: LINT-PRINCIPAL-1 */
export const everyoneWithoutCondition: LintRule = {
  code: 'everyone-without-condition',
  severity: 'security-warning',
  title: 'everyone is allowed, without a condition that says who',
  why: 'A star as Principal stands for every AWS customer and, in a bucket, for people without any account. Only a condition on a fixed account, organization, principal, network or source narrows it.',
  url: awsPages.principal,
  types: ['bucket', 'key', 'topic', 'resource'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'true' } },
          },
        ],
        at: ['/Statement/0/Principal/AWS'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } },
          },
          { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const [star] = everyone(statement);
      if (statement.effect !== 'Allow' || star === undefined) continue;
      const isNarrow = statement.conditions.some(
        (condition) =>
          narrowingKeys.has(condition.keyName.replace(/\/.*$/, '')) &&
          !isNegated(condition) &&
          !condition.ifExists &&
          condition.base !== 'Null' &&
          condition.values.every(({ text }) => !/^[*?:/]*$/.test(text)) &&
          // A wildcard in an account or an organization is anybody's.
          looseEnds(condition, 'wildcard').next().done === true,
      );
      if (isNarrow) continue;
      yield {
        pointer: star.pointer,
        message: `${nameOf(statement)} allows everyone, inside and outside of your accounts`,
        next: 'name the principals, or add a condition on aws:PrincipalOrgID, aws:PrincipalAccount or aws:SourceAccount',
      };
    }
  },
};

const narrowingKeys: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltag',
  'aws:userid',
  'aws:username',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalservicename',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
