import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import type { TextAt } from '../policy-view.ts';
import { statementTexts } from '../statement-scope.ts';

/**
 * Text of AWS's sample policies that someone was to replace.
 * spec: LINT-PLACEHOLDER-1
 */
export const placeholderNotSubstituted: LintRule = {
  code: 'placeholder-not-substituted',
  severity: 'error',
  title: 'a placeholder of the documentation was not replaced',
  why: "The text stands in AWS's sample policies for a value of yours. No request carries it, so the element matches nothing.",
  url: awsPages.configKeyPolicy,
  examples: {
    wrong: [
      {
        type: 'key',
        policy: {
          Id: 'Policy_ID',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: ['account-id1', '111122223333'] },
              Action: 'kms:Decrypt',
              Resource: '*myKMSKeyARN*',
            },
          ],
        },
        at: ['/Statement/0/Principal/AWS/0', '/Statement/0/Resource', '/Id'],
      },
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::targetBucketName/[optional] prefix/AWSLogs/sourceAccountID/Config/*',
            Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:config:sourceRegion:123456789012:*' } },
          },
        ],
        at: ['/Statement/0/Resource', '/Statement/0/Condition/ArnLike/AWS:SourceArn'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:Decrypt',
            Resource: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
            Condition: {
              StringLike: { 'kms:ViaService': 's3.*.amazonaws.com', 'aws:PrincipalTag/a': '${aws:username}' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const text of statementTexts(statement)) {
        const found = placeholderIn(text.text);
        if (found === null) continue;
        yield {
          pointer: text.pointer,
          message: `\`${found.text}\` is a placeholder of AWS's documentation that was not replaced, so ${elementOf(text)} matches no request`,
          next: `write ${found.meaning} in its place`,
        };
      }
    }
    // An Id decides nothing, so what was left there harms nobody.
    if (policy.id?.text === 'Policy_ID') {
      yield {
        pointer: policy.id.pointer,
        severity: 'suggestion',
        message:
          "`Policy_ID` is a placeholder of AWS's documentation; an Id decides nothing, but it names your policy",
        next: 'give the policy an Id of yours or leave the member out',
      };
    }
  },
};

interface Placeholder {
  readonly text: string;
  readonly meaning: string;
}

/** The first placeholder in a text of a policy, or `null`. */
export function placeholderIn(text: string): Placeholder | null {
  for (const [pattern, meaning] of placeholders) {
    const found = pattern.exec(text);
    if (found !== null) return { text: found[0], meaning };
  }
  return null;
}

// Words as whole words only: `mytopicarn-events` may be a name that somebody chose.
const placeholders: readonly (readonly [RegExp, string])[] = [
  [/\*?\bmyKMSKeyARN\b\*?/i, "the key's ARN"],
  [/\baccount-id\d*\b/i, 'a twelve-digit account ID'],
  [/\bsourceAccountI[Dd]\b\d*/i, "the recorder's twelve-digit account ID"],
  [/\bsourceRegion\b/i, 'the Region of the delivery channel'],
  [/\btargetBucketName\b/i, "the bucket's name"],
  [/\[optional\]\s*\/?\s*prefix/i, "the delivery channel's s3KeyPrefix, or leave it out"],
  [/\bmyBucketName\b|\bmyBucket\/prefix\b/i, "the bucket's name and the prefix"],
  [/^\*?(arn:aws:sns:region:account-id:)?myTopic(Name)?\*?$/i, "the topic's ARN"],
  [/:REGION:|:ACCOUNT_ID:|:ACCOUNT-ID:|:AccountId:|:aws-region:/, 'the Region and the account ID'],
  [/\bYOUR[-_][A-Z][A-Z-_]*\b/i, 'your own value'],
  [/<[A-Za-z][A-Za-z0-9 _-]*>/, 'your own value'],
  [/\$\{Token\[[^\]]*\]\}/, 'the value that the tool would have filled in'],
];

function elementOf({ pointer }: TextAt): string {
  const member = pointer
    .split('/')
    .find((step) => /^(Not)?(Action|Resource|Principal)$|^Condition$/.test(step));
  return member === 'Condition' ? 'the condition' : member === undefined ? 'the element' : `the ${member}`;
}
