import { awsPages } from '../aws-page.ts';
import { comparesEqual } from '../condition-value.ts';
import type { DeliveryFacts, LintRule } from '../lint-rule.ts';
import type { StatementView } from '../policy-view.ts';
import {
  allowsConfigService,
  conditionsOn,
  isNegated,
  servicePrincipals,
  sharesAction,
} from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { overlaps } from '../wildcard.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/**
 * AWS Config always sends `arn:aws:config:REGION:ACCOUNT:*`, the star being part of the value.
 * spec: LINT-SOURCE-1, LINT-SOURCE-2
 */
export const sourceArnMatchesNoDeliveryChannel: LintRule = {
  code: 'source-arn-matches-no-delivery-channel',
  severity: 'error',
  title: 'an aws:SourceArn that no delivery channel has',
  why: 'As the service principal AWS Config always sends `arn:aws:config:REGION:ACCOUNT:*`, with the Region and the account of the delivery channel and a literal star at the end. A value that is more specific, or of another service, never matches.',
  url: awsPages.configKeyPolicy,
  types: ['key', 'bucket', 'topic', 'trust', 'resource'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: '*',
            Condition: {
              ArnLike: {
                'aws:SourceArn': [
                  'arn:aws:config:us-east-1:111122223333:config-rule/*',
                  'arn:aws:s3:::config-logs',
                  'arn:aws:config:us-east-1:111122223333:*',
                ],
              },
            },
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:config:*:111122223333:*' } },
          },
        ],
        at: [
          '/Statement/0/Condition/ArnLike/aws:SourceArn/0',
          '/Statement/0/Condition/ArnLike/aws:SourceArn/1',
          '/Statement/1/Condition/StringEquals/aws:SourceArn',
        ],
      },
      {
        type: 'bucket',
        facts: { recorderRegion: 'us-east-1', recorderAccount: '111122223333' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/*',
            Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:config:eu-west-1:111122223333:*' } },
          },
        ],
        at: ['/Statement/0/Condition/ArnLike/AWS:SourceArn'],
      },
    ],
    right: [
      {
        type: 'key',
        facts: { recorderRegion: 'us-east-1', recorderAccount: '111122223333' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: {
              ArnLike: {
                'aws:SourceArn': [
                  'arn:aws:config:*:111122223333:*',
                  'arn:aws:config:eu-west-1:111122223333:*',
                ],
              },
              StringEquals: { 'aws:SourceArn': 'arn:aws:config:us-east-1:111122223333:*' },
            },
          },
          {
            Effect: 'Allow',
            Principal: { Service: ['config.amazonaws.com', 'cloudtrail.amazonaws.com'] },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: {
              ArnLike: {
                'aws:SourceArn': [
                  'arn:aws:config:us-east-1:111122223333:*',
                  'arn:aws:cloudtrail:us-east-1:111122223333:trail/a',
                ],
              },
            },
          },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    for (const statement of policy.statements) {
      if (!allowsConfigService(statement)) continue;
      const isForOthersToo = servicePrincipals(statement).length > 1;
      for (const condition of conditionsOn(statement, 'aws:SourceArn')) {
        if (isNegated(condition) || condition.base === 'Null') continue;
        const values = condition.values.filter(
          ({ text }) => placeholderIn(text) === null && !/^\*+arn:/.test(text),
        );
        const dead = values.filter(({ text }) => !canEqualSourceArn(condition.base, text));
        // Another service of the same statement may be meant by the rest.
        const culprits = isForOthersToo && dead.length < values.length ? [] : dead;
        for (const { text, pointer } of culprits) {
          yield {
            pointer,
            message: `no delivery channel has the aws:SourceArn \`${text}\`, so AWS Config's requests never match it${starNote(condition.base, text)}`,
            next: `write \`${wanted(facts.recorderRegion, facts.recorderAccount)}\``,
          };
        }
        const sent = sourceArnOf(facts);
        if (culprits.length > 0 || sent === null || values.length === 0) continue;
        // A statement for each account or Region is a common form: another one may be this recorder's.
        if (policy.statements.some((other) => sharesAction(statement, other) && isServed(other, sent)))
          continue;
        yield {
          pointer: condition.pointer,
          message: `the aws:SourceArn that AWS Config sends for this recorder, \`${sent}\`, is not among the values, so the statement does not match its requests`,
          next: `add \`${sent}\``,
        };
      }
    }
  },
};

/** What AWS Config sends for the recorder; `null`: the recorder is not known. spec: LINT-SOURCE-1 */
function sourceArnOf({ recorderRegion, recorderAccount }: DeliveryFacts): string | null {
  if (recorderRegion === undefined || recorderAccount === undefined) return null;
  const partition = recorderRegion.startsWith('cn-')
    ? 'aws-cn'
    : recorderRegion.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return `arn:${partition}:config:${recorderRegion}:${recorderAccount}:*`;
}

function isServed(statement: StatementView, sent: string): boolean {
  return (
    allowsConfigService(statement) &&
    conditionsOn(statement, 'aws:SourceArn').every((condition) =>
      condition.values.some(({ text }) => comparesEqual(condition.base, text, sent)),
    )
  );
}

function canEqualSourceArn(base: string, text: string): boolean {
  if (text.includes('${')) return true;
  if (base === 'StringEquals' || base === 'StringEqualsIgnoreCase')
    return /^arn:aws[a-z-]*:config:[a-z]{2}(-[a-z]+)+-\d:\d{12}:\*$/i.test(text);
  if (base === 'StringLike') return overlaps(text, 'arn:aws*:config:*:*:*') && endsOpen(text);
  const [prefix, partition = '', service = '', region = '', account = '', ...resource] = text.split(':');
  if (!base.startsWith('Arn')) return true;
  return (
    prefix === 'arn' &&
    overlaps(partition, 'aws*') &&
    overlaps(service, 'config') &&
    (hasWildcard(region) || /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) &&
    (hasWildcard(account) || /^\d{12}$/.test(account)) &&
    /^[*?]+$/.test(resource.join(':'))
  );
}

/** The value ends in `:*`, so the pattern must end in something that matches a star. */
function endsOpen(text: string): boolean {
  return (
    /[*?]$/.test(text) &&
    (text.split(':').length <= 6 || /:[*?]+$/.test(text)) &&
    !/:[^:*?]+\/[^:]*$/.test(text)
  );
}

function starNote(base: string, text: string): string {
  return base.startsWith('StringEquals') && hasWildcard(text.replace(/:\*$/, ''))
    ? `; ${base} knows no wildcards`
    : '';
}

function wanted(region = 'REGION', account = 'ACCOUNT'): string {
  return `arn:aws:config:${region}:${account}:*`;
}
