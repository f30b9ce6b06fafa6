import { awsPages } from '../aws-page.ts';
import { comparesEqual } from '../condition-value.ts';
import type { LintRule } from '../lint-rule.ts';
import type { StatementView } from '../policy-view.ts';
import { conditionsOn, isNegated, reachesAction } from '../statement-scope.ts';
import { hasWildcard } from '../../policy/glob.ts';

/** spec: LINT-KMS-2 */
export const viaServiceOfAnotherRegion: LintRule = {
  code: 'via-service-of-another-region',
  severity: 'error',
  title: "kms:ViaService does not name S3 in the bucket's Region",
  why: "Where S3 uses a key for a caller, kms:ViaService is `s3.REGION.amazonaws.com` with the bucket's Region. A name without Region, of another Region, or of AWS Config itself never matches.",
  url: awsPages.kmsConditionKeys,
  types: ['key', 'identity'],
  examples: {
    wrong: [
      {
        type: 'key',
        facts: { bucketRegion: 'us-east-1' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
          },
        ],
        at: ['/Statement/0/Condition/StringEquals/kms:ViaService'],
      },
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: {
              StringEquals: { 'kms:ViaService': ['s3.amazonaws.com', 'config.us-east-1.amazonaws.com'] },
            },
          },
        ],
        at: [
          '/Statement/0/Condition/StringEquals/kms:ViaService/0',
          '/Statement/0/Condition/StringEquals/kms:ViaService/1',
        ],
      },
    ],
    right: [
      {
        type: 'key',
        facts: { bucketRegion: 'us-east-1' },
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: '111122223333' },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: {
              StringLike: { 'kms:ViaService': ['s3.*.amazonaws.com', 'sns.eu-west-1.amazonaws.com'] },
            },
          },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    for (const statement of policy.statements) {
      if (statement.effect !== 'Allow' || !reachesAction(statement, 'kms:GenerateDataKey')) continue;
      for (const condition of conditionsOn(statement, 'kms:ViaService')) {
        if (isNegated(condition) || condition.base === 'Null') continue;
        const impossible = condition.values.filter(
          ({ text }) => !hasWildcard(text) && !text.includes('${') && isImpossible(text),
        );
        for (const { text, pointer } of impossible) {
          yield {
            pointer,
            message: `kms:ViaService is never \`${text}\`: its values look like \`s3.us-east-1.amazonaws.com\``,
            next: `write \`s3.${facts.bucketRegion ?? 'REGION'}.amazonaws.com\``,
          };
        }
        const region = facts.bucketRegion;
        if (region === undefined || impossible.length > 0) continue;
        const wanted = `s3.${region}.amazonaws.com`;
        // A statement for each Region is a common form: another one may be the bucket's.
        if (policy.statements.some((other) => isServed(other, wanted))) continue;
        const isAboutS3 = condition.values.some(({ text }) => text.startsWith('s3.'));
        if (!isAboutS3) continue;
        yield {
          pointer: condition.pointer,
          message: `kms:ViaService is \`${wanted}\` for a bucket in ${region}, which is not among the values, so the statement does not match deliveries`,
          next: `write \`${wanted}\``,
        };
      }
    }
  },
};

function isImpossible(text: string): boolean {
  return !/^[a-z0-9-]+\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com$/.test(text) || text.startsWith('config.');
}

function isServed(statement: StatementView, wanted: string): boolean {
  const conditions = conditionsOn(statement, 'kms:ViaService');
  if (statement.effect !== 'Allow' || conditions.length === 0) return false;
  if (!reachesAction(statement, 'kms:GenerateDataKey')) return false;
  return conditions.every((condition) =>
    condition.values.some(({ text }) => comparesEqual(condition.base, text, wanted)),
  );
}
