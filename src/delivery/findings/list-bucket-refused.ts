import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';
import { placeOf, refusedSteps, whoOf } from './refused-steps.ts';

/** spec: DLV-PLAN-2 */
export const listBucketRefused: DeliveryRule = {
  code: 'list-bucket-refused',
  severity: 'suggestion',
  title: 's3:ListBucket is refused: deliveries arrive, and CloudTrail records an AccessDenied each time',
  why: 'AWS Config asks whether the bucket exists before it writes. A refusal is tolerated; it only leaves noise in CloudTrail, and a bucket that is missing looks like one that refuses.',
  url: awsPages.configBucketPolicy,
  *find(judgement) {
    const setup = judgement.phases.find(({ phase }) => phase === 'channel-setup');
    for (const refused of refusedSteps(judgement, 's3:ListBucket')) {
      if (setup?.deliveredAs !== refused.attempt.identity) continue;
      yield {
        message: `${whoOf(refused.attempt)} may write but not list the bucket: deliveries arrive, and CloudTrail records an AccessDenied for s3:ListBucket`,
        next: 'allow `s3:ListBucket` on the bucket',
        ...placeOf(refused, 'buckets'),
      };
    }
  },
};
