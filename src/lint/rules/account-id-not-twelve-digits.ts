import { awsPages } from '../aws-page.ts';
import type { LintRule, RuleFinding } from '../lint-rule.ts';
import type { ValueAt } from '../policy-view.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/** spec: LINT-ACCOUNT-1 */
export const accountIdNotTwelveDigits: LintRule = {
  code: 'account-id-not-twelve-digits',
  issueCode: 'INVALID_ARN_ACCOUNT',
  severity: 'error',
  title: 'an account ID does not have twelve digits',
  why: 'Every AWS account ID has exactly twelve digits, leading zeros included, and is compared as text: a shorter number or one with hyphens is never equal to it.',
  url: awsPages.globalConditionKeys,
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com', AWS: '12345678901' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': ['1111-2222-3333', 11122223333] } },
          },
        ],
        at: [
          '/Statement/0/Principal/AWS',
          '/Statement/0/Condition/StringEquals/aws:SourceAccount/0',
          '/Statement/0/Condition/StringEquals/aws:SourceAccount/1',
        ],
      },
      {
        type: 'identity',
        policy: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kms:us-east-1:1111:key/*' }],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: {
              Service: 'config.amazonaws.com',
              AWS: ['012345678901', 'arn:aws:iam::111122223333:root'],
            },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: {
              StringLike: { 'aws:SourceAccount': ['111122223333', '${aws:PrincipalAccount}', '1111*'] },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const { type, text, pointer } of statement.principals ?? []) {
        if (type === 'AWS' && /^[\d-]+$/.test(text)) yield* faultOf({ text, pointer, value: text });
        else if (type === 'AWS') yield* arnFault(text, pointer);
      }
      for (const { text, pointer } of [...(statement.resources ?? []), ...(statement.notResources ?? [])]) {
        yield* arnFault(text, pointer);
      }
      for (const condition of statement.conditions) {
        if (!accountKeys.has(condition.keyName) || !condition.base.startsWith('String')) continue;
        for (const value of condition.values) yield* faultOf(value);
      }
    }
  },
};

const accountKeys: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:principalaccount',
  'aws:resourceaccount',
  'aws:vpceaccount',
  'kms:calleraccount',
  's3:resourceaccount',
  's3:dataaccesspointaccount',
]);

function* faultOf({ text, pointer, value }: ValueAt): Iterable<RuleFinding> {
  if (/^\d{12}$/.test(text) && typeof value === 'string') return;
  if (hasWildcard(text) || text.includes('${') || text === 'anonymous' || placeholderIn(text) !== null)
    return;
  yield { pointer, message: sentence(text, value), next: advice(text, value) };
}

function sentence(text: string, value: unknown): string {
  if (typeof value === 'number')
    return `the account ID \`${text}\` is a number, which loses leading zeros; account IDs are compared as text`;
  return `\`${text}\` is no account ID: it does not have twelve digits, so it equals no account`;
}

function advice(text: string, value: unknown): string {
  const digits = text.replaceAll(/[-\s]/g, '');
  if (typeof value === 'number') return `write \`"${digits.padStart(12, '0')}"\``;
  if (/^\d{12}$/.test(digits)) return `write \`${digits}\``;
  if (/^\d{11}$/.test(digits))
    return `write twelve digits; a leading zero may have been lost: \`0${digits}\``;
  return 'write the twelve digits of the account';
}

function* arnFault(text: string, pointer: string): Iterable<RuleFinding> {
  const account = /^arn:[^:]*:[^:]+:[^:]*:([^:]*):/.exec(text)?.[1] ?? '';
  // `aws`, `cloudfront` and the like stand where AWS itself is the owner.
  if (account === '' || /^\d{12}$/.test(account) || hasWildcard(account) || !/^[\d-]+$/.test(account)) return;
  yield {
    pointer,
    message: `the account ID \`${account}\` of the ARN \`${text}\` does not have twelve digits, so it names nothing`,
    next: advice(account, account),
  };
}
