import { awsPages } from '../aws-page.ts';
import { comparesEqual } from '../condition-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { allowsConfigService, conditionsOn, isNegated, sharesAction } from '../statement-scope.ts';

/** spec: LINT-SOURCE-3 */
export const sourceAccountNotTheRecorder: LintRule = {
  code: 'source-account-not-the-recorder',
  severity: 'error',
  title: "aws:SourceAccount does not name the recorder's account",
  why: 'AWS\'s page asks for "the account for which AWS Config will deliver": that is the account of the recorder and its delivery channel, not the owner of the bucket or the key. With another account the statement never matches its deliveries.',
  url: awsPages.configKeyPolicy,
  types: ['key', 'bucket', 'topic', 'trust', 'resource'],
  examples: {
    wrong: [
      {
        type: 'key',
        facts: { recorderAccount: '111122223333', bucketAccount: '999999999999' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'AWS:SourceAccount': '999999999999' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/AWS:SourceAccount'],
      },
    ],
    right: [
      {
        type: 'key',
        facts: { recorderAccount: '111122223333' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'AWS:SourceAccount': ['999999999999', '111122223333'] } },
          },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    const account = facts.recorderAccount;
    if (account === undefined) return;
    // One statement an account is a common form: another statement may be the recorder's.
    const others = policy.statements.filter(allowsConfigService);
    const served = others.filter((statement) =>
      conditionsOn(statement, 'aws:SourceAccount').every((condition) =>
        condition.values.some(({ text }) => comparesEqual(condition.base, text, account)),
      ),
    );
    for (const statement of others) {
      if (served.some((other) => sharesAction(statement, other))) continue;
      for (const condition of conditionsOn(statement, 'aws:SourceAccount')) {
        if (isNegated(condition) || condition.base === 'Null') continue;
        const valid = condition.values.filter(({ text }) => /^[\d*?]+$/.test(text));
        if (
          valid.length === 0 ||
          condition.values.some(({ text }) => comparesEqual(condition.base, text, account))
        )
          continue;
        const owner = valid.some(({ text }) => text === facts.bucketAccount) ? ', which owns the bucket' : '';
        yield {
          pointer: condition.pointer,
          message: `aws:SourceAccount is \`${valid.map(({ text }) => text).join('`, `')}\`${owner}, but AWS Config delivers for the recorder's account \`${account}\``,
          next: `write \`${account}\``,
        };
      }
    }
  },
};
