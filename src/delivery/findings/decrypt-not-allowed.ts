import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';
import { placeOf, refusedSteps, whoOf } from './refused-steps.ts';

/** spec: DLV-DOCUMENTED-1, DLV-PLAN-10 */
export const decryptNotAllowed: DeliveryRule = {
  code: 'decrypt-not-allowed',
  severity: 'error',
  title: 'kms:Decrypt is refused to an identity that may make data keys',
  why: 'AWS lists kms:Decrypt as required. A file that fits into one request is seen to arrive without it, one that is uploaded in parts does not, so nobody can promise the delivery either way.',
  url: awsPages.configKeyPolicy,
  *find(judgement) {
    for (const refused of refusedSteps(judgement, 'kms:Decrypt')) {
      const { attempt, step } = refused;
      const makesDataKeys = attempt.steps.some(
        ({ action, outcome }) => action === 'kms:GenerateDataKey' && outcome === 'allowed',
      );
      if (step.required !== 'documented' || !makesDataKeys) continue;
      yield {
        message: `${whoOf(attempt)} may call kms:GenerateDataKey but not kms:Decrypt, which AWS lists as required`,
        next: 'add `kms:Decrypt` to the statement that allows `kms:GenerateDataKey`',
        ...placeOf(refused, 'keys'),
      };
    }
  },
};
