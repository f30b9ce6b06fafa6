import { awsPages } from '../aws-page.ts';
import { matchesArn } from '../condition-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { conditionsOn, isNegated } from '../statement-scope.ts';

/** spec: LINT-KMS-7 */
export const encryptionContextAgainstBucketKey: LintRule = {
  code: 'encryption-context-against-bucket-key',
  severity: 'error',
  title: 'the encryption context asked for is not the one that S3 sends',
  why: 'S3 sends the ARN of the object as encryption context `aws:s3:arn`, or the ARN of the bucket where S3 Bucket Keys are on. A condition on the other form never holds.',
  url: awsPages.bucketKeys,
  types: ['key', 'identity'],
  examples: {
    wrong: [
      {
        type: 'key',
        facts: { bucketName: 'config-logs', bucketKeyEnabled: true },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::config-logs/*' } },
          },
        ],
        at: ['/Statement/0/Condition/StringLike/kms:EncryptionContext:aws:s3:arn'],
      },
      {
        type: 'key',
        facts: { bucketName: 'config-logs', bucketKeyEnabled: false },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::config-logs' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/kms:EncryptionContext:aws:s3:arn'],
      },
    ],
    right: [
      {
        type: 'key',
        facts: { bucketName: 'config-logs', bucketKeyEnabled: true },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::config-logs*' } },
          },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    const { bucketName, bucketKeyEnabled } = facts;
    if (bucketName === undefined || bucketKeyEnabled === undefined) return;
    for (const statement of policy.statements) {
      if (statement.effect !== 'Allow') continue;
      for (const condition of conditionsOn(statement, 'kms:EncryptionContext:aws:s3:arn')) {
        if (isNegated(condition) || condition.base === 'Null' || condition.ifExists) continue;
        const isForObjects = condition.values.every(({ text }) => isAbout(text, `${bucketName}/`));
        const isForBucket = condition.values.every(
          ({ text }) => matchesArn(text, `arn:aws:s3:::${bucketName}`) && !/[*?]/.test(text),
        );
        if (bucketKeyEnabled ? !isForObjects : !isForBucket) continue;
        yield {
          pointer: condition.pointer,
          message: bucketKeyEnabled
            ? `the bucket uses S3 Bucket Keys, so the encryption context is \`arn:aws:s3:::${bucketName}\` and never the ARN of an object`
            : `the encryption context is the ARN of the object, never \`arn:aws:s3:::${bucketName}\` alone, as the bucket uses no S3 Bucket Keys`,
          next: bucketKeyEnabled
            ? `write \`arn:aws:s3:::${bucketName}\``
            : `write \`arn:aws:s3:::${bucketName}/*\` with StringLike`,
        };
      }
    }
  },
};

function isAbout(text: string, path: string): boolean {
  return text.split(':').slice(5).join(':').startsWith(path);
}
