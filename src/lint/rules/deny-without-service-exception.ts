import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import type { ConditionAt } from '../policy-view.ts';
import {
  absentForServices,
  deniesServices,
  isNegated,
  nameOf,
  reachesAction,
  sparesServices,
} from '../statement-scope.ts';

/**
 * "Deny whoever is not of my organization / not in my network" also denies AWS's services, which have no such keys.
 * spec: LINT-SERVICE-2, LINT-SERVICE-3
 */
export const denyWithoutServiceException: LintRule = {
  code: 'deny-without-service-exception',
  severity: 'error',
  title: "a Deny meant for strangers also denies AWS's own services",
  why: "A negated operator matches when its key is absent. A service principal carries no aws:PrincipalOrgID and its kin, and it comes through none of your networks, so the Deny falls on AWS Config's own deliveries.",
  url: awsPages.globalConditionKeys,
  types: ['key', 'bucket', 'topic', 'rcp', 'resource'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
          },
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
          },
        ],
        at: [
          '/Statement/0/Condition/StringNotEquals/aws:PrincipalOrgID',
          '/Statement/1/Condition/StringNotEqualsIfExists/aws:SourceVpce',
        ],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: {
              StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
              Bool: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
          },
        ],
      },
    ],
  },
  *check({ policy, type }) {
    for (const statement of policy.statements) {
      if (!deniesServices(statement) || sparesServices(statement)) continue;
      if (!deliveryActions.some((action) => reachesAction(statement, action))) continue;
      // All conditions must hold for the Deny to fall; one that a delivery can't meet spares it.
      const culprit = statement.conditions.find(isMetByAbsence);
      // Of RCPs and principal keys rcp-missing-related-principal-condition-key speaks.
      if (type === 'rcp' && culprit !== undefined && absentForServices.has(culprit.keyName)) continue;
      if (
        culprit === undefined ||
        statement.conditions.some((other) => other !== culprit && !mayHoldForService(other))
      )
        continue;
      yield {
        pointer: culprit.pointer,
        message: `AWS Config's service principal carries no ${culprit.key}, so ${nameOf(statement)} denies its deliveries`,
        next: `add \`"${type === 'rcp' ? 'BoolIfExists' : 'Bool'}": { "aws:PrincipalIsAWSService": "false" }\` to the condition`,
      };
    }
  },
};

const deliveryActions = [
  's3:PutObject',
  's3:GetBucketAcl',
  'kms:GenerateDataKey',
  'kms:Decrypt',
  'sns:Publish',
];

const networkKeys: ReadonlySet<string> = new Set([
  'aws:sourcevpce',
  'aws:sourcevpc',
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcevpcarn',
  'aws:vpceorgid',
  'aws:vpceaccount',
]);

function isMetByAbsence(condition: ConditionAt): boolean {
  const isAbsent = absentForServices.has(condition.keyName) || networkKeys.has(condition.keyName);
  if (!isAbsent || condition.qualifier === 'ForAnyValue') return false;
  if (condition.base === 'Null') return condition.values.some(({ text }) => text.toLowerCase() === 'true');
  return isNegated(condition) || condition.ifExists || condition.qualifier === 'ForAllValues';
}

function mayHoldForService(condition: ConditionAt): boolean {
  if (isMetByAbsence(condition)) return true;
  if (condition.keyName === 'aws:viaawsservice')
    return condition.values.some(({ text }) => text.toLowerCase() === 'false');
  if (condition.keyName === 'aws:securetransport')
    return condition.values.some(({ text }) => text.toLowerCase() === 'true');
  if (condition.keyName === 'aws:sourceorgid' || condition.keyName === 'aws:sourceaccount')
    return condition.base === 'Null';
  return !absentForServices.has(condition.keyName) && !networkKeys.has(condition.keyName);
}
