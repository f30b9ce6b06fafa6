import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';
import { placeOf, refusedSteps } from './refused-steps.ts';

/** spec: DLV-DOCUMENTED-1, DLV-PLAN-8 */
export const putObjectAclNotAllowed: DeliveryRule = {
  code: 'put-object-acl-not-allowed',
  severity: 'error',
  title: 's3:PutObjectAcl is refused to the role, and the bucket has ACLs enabled',
  why: 'Every file is uploaded with the ACL header bucket-owner-full-control. AWS lists s3:PutObjectAcl as required of the role for it.',
  url: awsPages.configBucketPolicy,
  *find(judgement) {
    for (const refused of refusedSteps(judgement, 's3:PutObjectAcl')) {
      const mayWrite = refused.attempt.steps.some(
        ({ action, outcome }) => action === 's3:PutObject' && outcome === 'allowed',
      );
      if (!mayWrite) continue;
      yield {
        message:
          "the recorder's role may write the files but not set their ACL, which AWS lists as required where the bucket has ACLs enabled",
        next: 'add `s3:PutObjectAcl` to the statement that allows `s3:PutObject`',
        ...placeOf(refused, 'roles'),
      };
    }
  },
};
