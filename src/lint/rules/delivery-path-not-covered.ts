import { awsPages } from '../aws-page.ts';
import { matchesArn } from '../condition-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { allowsConfigService, nameOf, reachesAction } from '../statement-scope.ts';
import { coversPattern, overlaps } from '../wildcard.ts';
import { placeholderIn } from './placeholder-not-substituted.ts';

/** spec: LINT-PATH-1 */
export const deliveryPathNotCovered: LintRule = {
  code: 'delivery-path-not-covered',
  severity: 'error',
  title: 'the Resource does not cover the path that AWS Config writes to',
  why: 'AWS Config writes to `[prefix/]AWSLogs/ACCOUNT/Config/`: first the check file ConfigWritabilityCheckFile right there, then snapshots and history in a folder for each Region and day. A Resource that leaves out the prefix or the check file refuses it.',
  url: awsPages.configBucketPolicy,
  types: ['bucket'],
  examples: {
    wrong: [
      {
        type: 'bucket',
        facts: {
          bucketName: 'config-logs',
          recorderAccount: '111122223333',
          recorderRegion: 'us-east-1',
          prefix: 'audit',
        },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/AWSLogs/111122223333/Config/*',
          },
        ],
        at: ['/Statement/0/Resource'],
      },
      {
        type: 'bucket',
        facts: {
          bucketName: 'config-logs',
          recorderAccount: '111122223333',
          recorderRegion: 'us-east-1',
          prefix: null,
        },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::config-logs/AWSLogs/111122223333/Config/us-east-1/*',
          },
        ],
        at: ['/Statement/0/Resource'],
      },
    ],
    right: [
      {
        type: 'bucket',
        facts: {
          bucketName: 'config-logs',
          recorderAccount: '111122223333',
          recorderRegion: 'us-east-1',
          prefix: 'audit',
        },
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: [
              'arn:aws:s3:::config-logs/audit/AWSLogs/111122223333/Config/*',
              'arn:aws:s3:::config-logs/AWSLogs/444455556666/Config/*',
            ],
          },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    const { bucketName, recorderAccount, prefix } = facts;
    if (bucketName === undefined || recorderAccount === undefined || prefix === undefined) return;
    const folder = `arn:aws:s3:::${bucketName}/${prefix === null || prefix === '' ? '' : `${prefix}/`}AWSLogs/${recorderAccount}/Config/`;
    const writing = policy.statements.filter(
      (statement) =>
        allowsConfigService(statement) &&
        reachesAction(statement, 's3:PutObject') &&
        statement.resources !== null,
    );
    const resources = writing.flatMap((statement) => statement.resources ?? []);
    // Several statements may share the work; what is missing is missing from all of them.
    if (
      resources.some(
        ({ text }) =>
          text === '*' || text.includes('${') || coversPattern(pathOf(text), pathOf(`${folder}*`)),
      )
    )
      return;
    if (resources.some(({ text }) => placeholderIn(text) !== null || /^\*+arn:/.test(text))) return;
    // Where none is about this bucket, aws-would-refuse says so.
    if (!resources.some(({ text }) => overlaps(pathOf(text), `arn:s3:::${bucketName}*`))) return;
    const last = writing.at(-1);
    if (last === undefined) return;
    const [place] = last.resources ?? [];
    const missesCheckFile = resources.some(({ text }) =>
      matchesArn(text, `${folder}${facts.recorderRegion ?? 'us-east-1'}/2026/1/1/ConfigSnapshot/a`),
    );
    yield {
      pointer: place?.pointer ?? last.pointer,
      message: missesCheckFile
        ? `${nameOf(last)} does not cover \`${folder}ConfigWritabilityCheckFile\`, which AWS Config writes first`
        : `${nameOf(last)} does not cover \`${folder}*\`, where AWS Config writes`,
      next: `write \`${folder}*\``,
    };
  },
};

/** Without the partition, which the setup does not always say. */
function pathOf(arn: string): string {
  return arn.replace(/^arn:[^:]*:/, 'arn:');
}
