import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import type { ConditionAt } from '../policy-view.ts';
import { deniesServices, isNegated, nameOf, reachesAction, sparesServices } from '../statement-scope.ts';

/** spec: LINT-SSE-1 */
export const encryptionHeaderDeny: LintRule = {
  code: 'encryption-header-deny',
  severity: 'warning',
  title: 'a Deny of unencrypted uploads also denies uploads without the header',
  why: 'AWS Config sends encryption headers only where the delivery channel names a key (s3KmsKeyArn). Default encryption of the bucket encrypts its files without any header, but a Deny that asks for the header falls on them first.',
  url: awsPages.s3Encryption,
  types: ['bucket'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
          },
        ],
        at: ['/Statement/0/Condition/StringNotEquals/s3:x-amz-server-side-encryption'],
      },
    ],
    right: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: {
              StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
              Null: { 's3:x-amz-server-side-encryption': 'false' },
            },
          },
        ],
      },
      {
        type: 'bucket',
        facts: { isKeyNamedByChannel: true },
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
          },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    if (facts.isKeyNamedByChannel === true) return;
    for (const statement of policy.statements) {
      if (
        !deniesServices(statement) ||
        sparesServices(statement) ||
        !reachesAction(statement, 's3:PutObject')
      )
        continue;
      const culprit = statement.conditions.find(firesWithoutHeader);
      if (culprit === undefined || statement.conditions.some(asksForHeader)) continue;
      const isCertain = facts.isKeyNamedByChannel === false;
      yield {
        pointer: culprit.pointer,
        ...(isCertain ? { severity: 'error' as const } : {}),
        message: `${nameOf(statement)} denies every upload without the header of ${culprit.key}, and AWS Config sends ${isCertain ? 'none, as the delivery channel names no key' : 'it only where the delivery channel names a key'}`,
        next: 'name the key in the delivery channel\'s s3KmsKeyArn, or add `"Null": { "s3:x-amz-server-side-encryption": "false" }` so that only a wrong header is denied',
      };
    }
  },
};

const headerKeys: ReadonlySet<string> = new Set([
  's3:x-amz-server-side-encryption',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

function firesWithoutHeader(condition: ConditionAt): boolean {
  if (!headerKeys.has(condition.keyName) || condition.qualifier === 'ForAnyValue') return false;
  if (condition.base === 'Null') return condition.values.some(({ text }) => text.toLowerCase() === 'true');
  return isNegated(condition);
}

function asksForHeader(condition: ConditionAt): boolean {
  return headerKeys.has(condition.keyName) && !firesWithoutHeader(condition);
}
