import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionsOn } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/** spec: LINT-AA-1 */
export const invalidKmsKeyValue = accessAnalyzerRule({
  code: 'invalid-kms-key-value',
  issueCode: 'INVALID_KMS_KEY_VALUE',
  severity: 'error',
  title: 'a condition on an encryption key whose value is no key ARN',
  why: 'S3 compares the full ARN of the key: an ID, an alias or its ARN never equals it.',
  examples: {
    wrong: [
      {
        type: 'bucket',
        policy: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::a/*',
            Condition: {
              StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'alias/config' },
            },
          },
        ],
        at: ['/Statement/0/Condition/StringNotEqualsIfExists/s3:x-amz-server-side-encryption-aws-kms-key-id'],
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
            Resource: 'arn:aws:s3:::a/*',
            Condition: {
              StringNotEqualsIfExists: {
                's3:x-amz-server-side-encryption-aws-kms-key-id':
                  'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
              },
            },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      for (const condition of conditionsOn(statement, 's3:x-amz-server-side-encryption-aws-kms-key-id')) {
        if (condition.base === 'Null') continue;
        for (const { text, pointer } of condition.values) {
          if (
            /^arn:[^:]*:kms:[^:]*:[^:]*:key\/.+$/.test(text) ||
            hasWildcard(text) ||
            text.includes('${') ||
            placeholderIn(text) !== null
          )
            continue;
          yield {
            pointer,
            message: `S3 compares the key's ARN, which \`${text}\` never equals`,
            next: 'write the ARN of the key, `arn:aws:kms:REGION:ACCOUNT:key/ID`',
          };
        }
      }
    }
  },
});
