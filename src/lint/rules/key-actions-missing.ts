import { awsPages } from '../aws-page.ts';
import type { LintRule } from '../lint-rule.ts';
import { allowsConfigService, nameOf, reachesAction, reachesService } from '../statement-scope.ts';

/** spec: LINT-KMS-1 */
export const keyActionsMissing: LintRule = {
  code: 'key-actions-missing',
  severity: 'error',
  title: 'the key policy does not let AWS Config do what it needs with the key',
  why: 'Writing to a bucket with SSE-KMS takes kms:GenerateDataKey, and AWS lists kms:Decrypt as required beside it (a file uploaded in parts needs it). kms:Encrypt is never asked for.',
  url: awsPages.configKeyPolicy,
  types: ['key'],
  examples: {
    wrong: [
      {
        type: 'key',
        policy: [
          {
            Sid: 'Config',
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: ['kms:Encrypt', 'kms:Decrypt'],
            Resource: '*',
          },
        ],
        at: ['/Statement/0/Action/0'],
      },
    ],
    right: [
      {
        type: 'key',
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:GenerateDataKey*',
            Resource: '*',
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'config.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:Encrypt', Resource: '*' },
        ],
      },
    ],
  },
  *check({ policy, facts }) {
    // Where the delivery is judged, what follows from the lack of kms:Decrypt is told with its outcome.
    const isJudged = facts.recorderAccount !== undefined;
    const wanted = ['kms:GenerateDataKey', ...(isJudged ? [] : ['kms:Decrypt'])];
    const granting = policy.statements.filter(
      (statement) => allowsConfigService(statement) && reachesService(statement, 'kms'),
    );
    const [first] = granting;
    if (first === undefined) return;
    const missing = wanted.filter(
      (action) => !granting.some((statement) => reachesAction(statement, action)),
    );
    if (missing.length === 0) return;
    yield {
      pointer: first.actions?.[0]?.pointer ?? first.pointer,
      message: `${nameOf(first)} does not allow AWS Config \`${missing.join('` and `')}\`${missing.length === 1 && missing[0] === 'kms:Decrypt' ? ', which AWS lists as required' : ', which every delivery needs'}`,
      next: `add \`${missing.join('` and `')}\` to its Action`,
    };
  },
};
